import Box from '@mui/material/Box';
import { useNavigate, useParams } from 'react-router-dom';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import {
  Loaded,
  PageShell,
  Panel,
  useNow,
} from '@slipway/backstage-plugin-slipway-react';
import { BreakGlassBanner } from '../../components/BreakGlass';
import { EventsPanel } from '../../components/EventTimeline';
import { LogsPanel } from '../../components/LogsPanel';
import { RolloutActions } from '../../components/RolloutActions';
import { RolloutFacts } from '../../components/RolloutFacts';
import { RolloutMessage } from '../../components/RolloutMessage';
import { RolloutSteps } from '../../components/RolloutSteps';
import { isEnded } from '../../components/Status';
import { VersionsTable } from '../../components/VersionsTable';
import { WeightChart } from '../../components/charts';
import { useApproval } from '../../hooks/useApproval';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useRollout } from '../../hooks/useRollout';
import { useRolloutEvents } from '../../hooks/useRolloutEvents';
import { useT } from '../../hooks/useT';
import { GatesPanel } from './GatesPanel';

function WeightPanel({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const now = useNow(10_000);
  return (
    <Panel title={t('rollout.weight')}>
      <WeightChart
        history={rollout.weightHistory}
        end={rollout.finishedAt ?? new Date(now).toISOString()}
      />
    </Panel>
  );
}

function RolloutView(props: {
  rollout: Rollout;
  onRollout: (rollout: Rollout) => void;
}) {
  const { rollout, onRollout } = props;
  const t = useT();
  const { gates } = rollout;
  const isAsked =
    gates?.breakGlass !== undefined ||
    gates?.items.some(gate => gate.approval) === true;
  const events = useRolloutEvents(rollout.id);
  const approval = useApproval(isAsked ? rollout.id : undefined);
  const hasBegun = !gates || gates.status === 'passed' || !!gates.breakGlass;
  return (
    <>
      <BreakGlassBanner
        rollout={rollout}
        review={
          approval.data?.allowedActions.review ?? rollout.allowedActions.review
        }
        onReviewed={onRollout}
      />
      <RolloutMessage rollout={rollout} />
      <RolloutActions rollout={rollout} onRollout={onRollout} />
      <Panel title={t('rollout.facts')}>
        <RolloutFacts rollout={rollout} />
      </Panel>
      {gates && (
        <GatesPanel rollout={rollout} gates={gates} approval={approval} />
      )}
      {hasBegun && (
        <Panel title={t('versions.title')} flush>
          <VersionsTable rollout={rollout} />
        </Panel>
      )}
      <Box
        sx={{
          display: 'grid',
          columnGap: 3,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            lg: 'minmax(0, 3fr) minmax(0, 2fr)',
          },
        }}
      >
        <div>
          <Panel title={t('steps.title')}>
            <RolloutSteps
              steps={rollout.steps}
              gates={gates}
              currentIndex={
                isEnded(rollout.phase) ? undefined : rollout.currentStepIndex
              }
            />
          </Panel>
        </div>
        <div>
          {hasBegun && <WeightPanel rollout={rollout} />}
          <EventsPanel query={events} />
        </div>
      </Box>
      {hasBegun && (
        <Panel title={t('logs.title')}>
          <LogsPanel rollout={rollout} />
        </Panel>
      )}
    </>
  );
}

/** One rollout, live. */
export function RolloutPage() {
  const t = useT();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const links = useDeliveryLinks();
  const query = useRollout(id);
  const rollout = query.data;

  const onRollout = (now: Rollout) => {
    const link = links.rollout(now.id);
    // Retrying an ended rollout starts a new one.
    if (now.id !== id && link) navigate(link);
    else query.mutate(now, { revalidate: false });
  };

  const title = rollout
    ? t(`rollout.title.${rollout.kind}`, {
        component: rollout.componentTitle,
        version: rollout.release.version,
        environment: rollout.environmentName,
      })
    : t('rollout.untitled');
  return (
    <PageShell title={title} breadcrumb={title}>
      <Loaded query={query} errorTitle={t('rollout.failed')}>
        {one => (
          <RolloutView key={one.id} rollout={one} onRollout={onRollout} />
        )}
      </Loaded>
    </PageShell>
  );
}
