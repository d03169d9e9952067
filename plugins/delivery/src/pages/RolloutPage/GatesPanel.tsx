import { useState } from 'react';
import type {
  Approval,
  ApprovalDecision,
  Rollout,
  RolloutGates,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  Panel,
  type Query,
} from '@slipway/backstage-plugin-slipway-react';
import { ApprovalActions } from '../../components/ApprovalActions';
import { GatesView } from '../../components/Gates';
import { TargetExceptions } from '../../components/WindowExceptions';
import { useT } from '../../hooks/useT';

/** What must hold before the rollout begins, with the buttons to vote. */
export function GatesPanel(props: {
  rollout: Rollout;
  gates: RolloutGates;
  /** Reads nothing where nobody is asked. */
  approval: Query<Approval>;
}) {
  const { rollout, gates, approval } = props;
  const t = useT();
  const isClosed =
    rollout.finishedAt === undefined &&
    gates.items.some(
      ({ kind, status }) =>
        kind === 'window' && status !== 'passed' && status !== 'overridden',
    );
  const [asking, setAsking] = useState<ApprovalDecision>();
  return (
    <Panel title={t('gates.title')}>
      {Boolean(approval.error) && (
        <ErrorBanner
          title={t('gates.approvalFailed')}
          error={approval.error}
          stale={approval.data !== undefined}
          onRetry={approval.retry}
        />
      )}
      {approval.data && (
        <ApprovalActions
          approval={approval.data}
          asking={asking}
          onAsk={setAsking}
        />
      )}
      <GatesView gates={gates} requestedBy={rollout.requestedBy} />
      {isClosed && (
        <TargetExceptions
          componentRef={rollout.componentRef}
          environmentRef={rollout.environmentRef}
          words={{
            component: rollout.componentTitle,
            environment: rollout.environmentName,
          }}
        />
      )}
    </Panel>
  );
}
