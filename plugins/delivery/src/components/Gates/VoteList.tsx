import Box from '@mui/material/Box';
import type { Vote } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Who voted what, when, and with which words. */
export function VoteList(props: { label: string; votes: readonly Vote[] }) {
  const t = useT();
  return (
    <Box component="ul" aria-label={props.label} sx={{ m: 0, pl: 2.5 }}>
      {props.votes.map(vote => (
        <Box
          component="li"
          key={`${vote.by} ${vote.onBehalfOf ?? ''} ${vote.at}`}
          sx={{ overflowWrap: 'anywhere' }}
        >
          <ActorLink actor={vote.by} />{' '}
          {vote.onBehalfOf && (
            <>
              {t('gates.onBehalfOf')} <ActorLink actor={vote.onBehalfOf} />{' '}
            </>
          )}
          {t(`gates.vote.${vote.decision}`)} <RelativeTime at={vote.at} />
          {vote.comment && <>: “{vote.comment}”</>}
        </Box>
      ))}
    </Box>
  );
}
