import Box from '@mui/material/Box';
import CheckIcon from '@mui/icons-material/CheckCircle';
import OpenIcon from '@mui/icons-material/RadioButtonUnchecked';
import type { ApprovalProgress } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { statusLine } from '../statusLine';
import { Labelled } from './Labelled';
import { VoteList } from './VoteList';

const plainList = { m: 0, p: 0, listStyle: 'none' };

/** How far people have agreed: who still must, who did, and who may not. */
export function ApprovalProgressView(props: {
  progress: ApprovalProgress;
  /** Who asked, to say why somebody may not agree. */
  requestedBy?: string;
}) {
  const { progress, requestedBy } = props;
  const t = useT();
  const met = (isMet: boolean, yes: string, no: string) => (
    <StatusWord
      icon={isMet ? CheckIcon : OpenIcon}
      tone={isMet ? 'success' : 'warning'}
      label={isMet ? yes : no}
    />
  );
  return (
    <Box sx={{ display: 'grid', gap: 1, mt: 0.5 }}>
      <Labelled label={t('gates.rules')}>
        <Box component="ul" aria-label={t('gates.rules')} sx={plainList}>
          {progress.rules.map(rule => (
            <Box component="li" key={rule.group} sx={statusLine}>
              {t('gates.rule', {
                given: String(rule.given),
                atLeast: String(rule.atLeast),
              })}
              <ActorLink actor={rule.group} />
              {met(
                rule.given >= rule.atLeast,
                t('gates.ruleMet'),
                t('gates.ruleOpen'),
              )}
            </Box>
          ))}
          {progress.approvers.map(one => (
            <Box component="li" key={one.ref} sx={statusLine}>
              {t('gates.mustAgree')}
              <ActorLink actor={one.ref} />
              {met(one.given, t('gates.hasAgreed'), t('gates.notYet'))}
            </Box>
          ))}
        </Box>
      </Labelled>
      <Labelled label={t('gates.votes')}>
        {progress.votes.length > 0 ? (
          <VoteList label={t('gates.votes')} votes={progress.votes} />
        ) : (
          t('gates.noVotes')
        )}
      </Labelled>
      {progress.excluded.length > 0 && (
        <Labelled label={t('gates.excluded')}>
          <Box component="ul" aria-label={t('gates.excluded')} sx={plainList}>
            {progress.excluded.map(ref => (
              <li key={ref}>
                <ActorLink actor={ref} />:{' '}
                {ref === requestedBy
                  ? t('gates.excludedRequester')
                  : t('gates.excludedAuthor')}
              </li>
            ))}
          </Box>
        </Labelled>
      )}
      {progress.expiresAt && (
        <Labelled label={t('gates.expires')}>
          <RelativeTime at={progress.expiresAt} mayCome />
        </Labelled>
      )}
      {progress.requireComment && <div>{t('gates.commentNeeded')}</div>}
    </Box>
  );
}
