import type { ReactNode } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { Panel, RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Changes } from '../Changes';
import { HistoryPanel } from '../HistoryChart';
import { Planning } from '../Planning';
import { RightSizingPanel } from '../RightSizing';
import { SpreadPanel } from '../Spread';
import { StateWord } from '../StateWord';
import { driverWords, limitWords, replicaWords } from '../targetWords';
import { Conditions } from './Conditions';
import { Events } from './Events';

/** All that is known of one workload. */
export function TargetPanel({ target }: { target: ScalingTarget }) {
  const t = useT();
  const { metrics, recommendations } = target;
  return (
    <Panel
      title={`${target.environmentName} · ${target.workload}`}
      actions={<StateWord target={target} />}
    >
      {target.problem && (
        <Alert severity="warning" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {target.problem}
        </Alert>
      )}
      <Box
        component="dl"
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, m: 0 }}
      >
        <Fact name={t('target.replicas')}>{replicaWords(t, target)}</Fact>
        <Fact name={t('target.limits')}>{limitWords(t, target)}</Fact>
        <Fact name={t('target.driver')}>{driverWords(t, target)}</Fact>
        <Fact name={t('target.seen')}>
          <RelativeTime at={target.observedAt} />
        </Fact>
        {metrics.length > 0 && (
          <Fact name={t('target.metrics')}>
            {metrics.map(({ name, current, target: kept }) => (
              <div key={name}>
                {t(kept === undefined ? 'target.metricOnly' : 'target.metric', {
                  name,
                  current: current ?? t('value.unknown'),
                  target: kept ?? '',
                })}
              </div>
            ))}
          </Fact>
        )}
        {recommendations.length > 0 && (
          <Fact name={t('target.recommendation')}>
            {recommendations.map(({ container, target: resources }) => (
              <div key={container}>
                {t('target.recommended', {
                  container,
                  resources: Object.entries(resources)
                    .map(([resource, amount]) => `${resource} ${amount}`)
                    .join(', '),
                })}
              </div>
            ))}
          </Fact>
        )}
      </Box>
      <Part title={t('target.conditions')}>
        <Conditions target={target} />
      </Part>
      <Part title={t('changes.title')}>
        <Changes target={target} />
      </Part>
      <HistoryPanel targetId={target.id} />
      <Planning target={target} />
      <RightSizingPanel target={target} />
      <SpreadPanel targetId={target.id} />
      <Part title={t('target.events')}>
        <Events targetId={target.id} />
      </Part>
    </Panel>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <Typography
        component="dt"
        variant="body2"
        sx={{ color: 'text.secondary' }}
      >
        {props.name}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        {props.children}
      </Box>
    </div>
  );
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ mt: 2 }}>
      <Typography component="h4" sx={{ fontWeight: 600, mb: 1 }}>
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
}
