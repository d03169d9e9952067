import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Delegation } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ErrorBanner,
  Loaded,
  Panel,
  RelativeTime,
  SkeletonRows,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDelegations } from '../../hooks/useDelegations';
import { useMe } from '../../hooks/useMe';
import { useT } from '../../hooks/useT';
import { DelegationForm } from './DelegationForm';

function Delegations(props: {
  delegations: readonly Delegation[];
  me: string | undefined;
  onEnded: () => void;
}) {
  const { delegations, me, onEnded } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const submission = useSubmission((id: string, key: string) =>
    api.endDelegation(id, { idempotencyKey: key }),
  );
  const end = async (id: string) => {
    if (await submission.submit(id)) onEnded();
  };
  if (delegations.length === 0) return <div>{t('delegations.none')}</div>;
  return (
    <>
      {Boolean(submission.error) && (
        <ErrorBanner
          title={t('delegations.endFailed')}
          error={submission.error}
        />
      )}
      <Box
        component="ul"
        aria-label={t('delegations.title')}
        sx={{ m: 0, p: 0, listStyle: 'none', overflowWrap: 'anywhere' }}
      >
        {delegations.map(one => (
          <li key={one.id}>
            {one.to === me ? (
              <>
                {t('delegations.youVoteFor')} <ActorLink actor={one.from} />{' '}
                {t('delegations.until')} <RelativeTime at={one.until} mayCome />
              </>
            ) : (
              <>
                <ActorLink actor={one.to} /> {t('delegations.votesForYou')}{' '}
                <RelativeTime at={one.until} mayCome />{' '}
                <Button
                  size="small"
                  disabled={submission.submitting}
                  aria-label={t('delegations.endOne', {
                    person: parseEntityRef(one.to).name,
                  })}
                  onClick={() => end(one.id)}
                >
                  {t('delegations.end')}
                </Button>
              </>
            )}
            {one.reason && <> “{one.reason}”</>}
          </li>
        ))}
      </Box>
    </>
  );
}

/** Who votes for the person, and for whom the person votes, until when. */
export function DelegationsPanel() {
  const t = useT();
  const me = useMe();
  const query = useDelegations();
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      title={t('delegations.title')}
      actions={
        !creating && (
          <Button size="small" onClick={() => setCreating(true)}>
            {t('delegations.open')}
          </Button>
        )
      }
      last
    >
      {creating && (
        <DelegationForm
          onDone={() => {
            setCreating(false);
            query.retry();
          }}
          onCancel={() => setCreating(false)}
        />
      )}
      <Loaded
        query={query}
        errorTitle={t('delegations.failed')}
        skeleton={<SkeletonRows rows={1} />}
      >
        {delegations => (
          <Delegations
            delegations={delegations.filter(one => one.active)}
            me={me}
            onEnded={query.retry}
          />
        )}
      </Loaded>
    </Panel>
  );
}
