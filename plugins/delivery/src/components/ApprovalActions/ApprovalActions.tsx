import Box from '@mui/material/Box';
import type {
  Approval,
  ApprovalDecision,
} from '@slipway/backstage-plugin-delivery-common';
import { ReasonButton } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { decisionsOf } from './decisions';
import { VoteDialog } from './VoteDialog';

const looks = {
  approve: { variant: 'contained' },
  reject: { variant: 'outlined', color: 'error' },
  withdraw: { variant: 'outlined' },
} as const;

/** The buttons to vote, and the dialog that shows on what. */
export function ApprovalActions(props: {
  approval: Approval;
  /** The decision whose dialog is open; held by the page, which has keys for it. */
  asking?: ApprovalDecision;
  onAsk: (decision: ApprovalDecision | undefined) => void;
}) {
  const { approval, asking, onAsk } = props;
  const t = useT();
  const decisions = decisionsOf(approval);
  return (
    <>
      {decisions.length > 0 && (
        <Box
          role="group"
          aria-label={t('vote.label')}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}
        >
          {decisions.map(({ decision, refusal }) => (
            <ReasonButton
              key={decision}
              {...looks[decision]}
              reason={refusal && (refusal.reason ?? t('actions.notAllowed'))}
              onClick={() => onAsk(decision)}
            >
              {t(`vote.${decision}`)}
            </ReasonButton>
          ))}
        </Box>
      )}
      {asking && (
        <VoteDialog
          key={`${approval.id} ${asking}`}
          approval={approval}
          decision={asking}
          onClose={() => onAsk(undefined)}
        />
      )}
    </>
  );
}
