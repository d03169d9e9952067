import { useId, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type {
  Approval,
  ApprovalDecision,
  ApprovalDecisionRequest,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import {
  describeError,
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDelegations } from '../../hooks/useDelegations';
import { useMe } from '../../hooks/useMe';
import { useRefreshApprovals } from '../../hooks/useRefreshApprovals';
import { type T, useT } from '../../hooks/useT';
import { askedOf } from '../ApprovalList';
import { Fact, Facts } from '../Facts';
import { ReleaseLabel } from '../ReleaseLabel';
import { shortDigest } from '../shortDigest';
import { TierChip } from '../TierChip';

function needsComment(approval: Approval): boolean {
  return askedOf(approval).gates.some(
    gate => gate.approval?.requireComment && gate.status === 'waiting',
  );
}

function SubjectFact({ digest }: { digest: string }) {
  const t = useT();
  return (
    <Fact term={t('vote.subject')}>
      <code title={digest}>{shortDigest(digest)}</code>
    </Fact>
  );
}

function RolloutFacts(props: { rollout: Rollout; digest: string }) {
  const { rollout, digest } = props;
  const t = useT();
  return (
    <Facts>
      <Fact term={t('rollout.component')}>{rollout.componentTitle}</Fact>
      <Fact term={t('vote.version')}>
        <ReleaseLabel release={rollout.previousRelease} /> →{' '}
        <ReleaseLabel release={rollout.release} />
      </Fact>
      <Fact term={t('rollout.environment')}>
        <Box component="span" sx={{ display: 'inline-flex', gap: 1 }}>
          {rollout.environmentName} <TierChip tier={rollout.tier} />
        </Box>
      </Fact>
      <Fact term={t('vote.digest')}>
        <code title={rollout.release.digest}>
          {shortDigest(rollout.release.digest)}
        </code>
      </Fact>
      <SubjectFact digest={digest} />
    </Facts>
  );
}

function dialogWords(
  t: T,
  approval: Approval,
  decision: ApprovalDecision,
): { title: string; text: string } {
  if (approval.kind === 'request')
    return {
      title: t(`vote.requestTitle.${decision}`, {
        title: approval.request.title,
      }),
      text: t(`vote.requestText.${decision}`),
    };
  const { rollout } = approval;
  const words = {
    component: rollout.componentTitle,
    version: rollout.release.version,
    environment: rollout.environmentName,
  };
  return {
    title: t(`vote.title.${decision}`, words),
    text: t(`vote.text.${decision}`, words),
  };
}

/**
 * Shows what exactly is voted on, and votes on that. What is asked for may change while the dialog is open; then the
 * person has to look again, so that nobody agrees to what they did not see.
 */
export function VoteDialog(props: {
  approval: Approval;
  decision: ApprovalDecision;
  onClose: () => void;
}) {
  const { approval, decision, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const me = useMe();
  const refresh = useRefreshApprovals();
  const delegations = useDelegations();
  const titleId = useId();
  const textId = useId();
  const subjectDigest = askedOf(approval).subjectDigest;
  const [seen, setSeen] = useState(subjectDigest);
  const [comment, setComment] = useState('');
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const submission = useSubmission(
    (body: ApprovalDecisionRequest, key: string) =>
      api
        .decideApproval(approval.id, decision, body, { idempotencyKey: key })
        .catch(error => {
          if (describeError(error).status === 409) refresh();
          throw error;
        }),
  );

  const others = (delegations.data ?? [])
    .filter(one => one.active && one.to === me)
    .map(one => one.from);
  const hasChanged = seen !== subjectDigest;
  const isCommentNeeded =
    decision === 'reject' || (decision === 'approve' && needsComment(approval));
  const words = dialogWords(t, approval, decision);

  const decide = async () => {
    const answer = await submission.submit({
      subjectDigest: seen,
      ...(comment.trim() && { comment: comment.trim() }),
      ...(onBehalfOf && { onBehalfOf }),
    });
    if (!answer) return;
    refresh();
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
      aria-describedby={textId}
    >
      <DialogTitle id={titleId}>{words.title}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={t('vote.failed')} error={submission.error} />
        )}
        <Box
          role="group"
          aria-label={t('vote.what')}
          sx={{ p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
        >
          {approval.kind === 'rollout' ? (
            <RolloutFacts rollout={approval.rollout} digest={subjectDigest} />
          ) : (
            <Facts>
              <Fact term={t('vote.request')}>{approval.request.title}</Fact>
              <SubjectFact digest={subjectDigest} />
            </Facts>
          )}
        </Box>
        {hasChanged && (
          <Alert
            severity="warning"
            action={
              <Button
                color="inherit"
                size="small"
                onClick={() => setSeen(subjectDigest)}
              >
                {t('vote.lookAgain')}
              </Button>
            }
          >
            {t('vote.changed')}
          </Alert>
        )}
        <DialogContentText id={textId} sx={{ color: 'text.primary' }}>
          {words.text}
        </DialogContentText>
        {decision !== 'withdraw' && (
          <TextField
            multiline
            required={isCommentNeeded}
            label={t(isCommentNeeded ? 'vote.commentRequired' : 'vote.comment')}
            helperText={t(
              decision === 'approve' && isCommentNeeded
                ? 'vote.commentNeeded'
                : 'vote.commentHelp',
            )}
            value={comment}
            onChange={event => setComment(event.target.value)}
            inputProps={{ maxLength: 2000 }}
          />
        )}
        {others.length > 0 && (
          <TextField
            select
            label={t('vote.as')}
            value={onBehalfOf}
            onChange={event => setOnBehalfOf(event.target.value)}
            SelectProps={{ displayEmpty: true }}
            InputLabelProps={{ shrink: true }}
          >
            <MenuItem value="">{t('vote.asMyself')}</MenuItem>
            {others.map(ref => (
              <MenuItem key={ref} value={ref}>
                {t('vote.asOther', { person: parseEntityRef(ref).name })}
              </MenuItem>
            ))}
          </TextField>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button
          variant="contained"
          color={decision === 'reject' ? 'error' : 'primary'}
          disabled={
            hasChanged ||
            submission.submitting ||
            (isCommentNeeded && !comment.trim())
          }
          onClick={decide}
        >
          {t(`vote.submit.${decision}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
