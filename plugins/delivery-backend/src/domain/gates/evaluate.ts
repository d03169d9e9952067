import type {
  GateStatus,
  PolicyGate,
  SoakGate,
} from '@slipway/backstage-plugin-delivery-common';
import {
  durationInWords,
  durationMs,
} from '@slipway/backstage-plugin-slipway-node';
import { evaluateCondition } from '../cel';
import { closedInWords, openInWords } from '../windows/inWords';
import { analysisItem } from './analysisItem';
import { approvalProgress } from './approval';
import type { GateFacts } from './facts';
import { listed } from './listed';
import type { GatesState } from './state';

/** How each gate stands at `now`, by the facts and votes that there are. Pure. */
export function evaluate(
  state: Omit<GatesState, 'items'>,
  now: number,
): GateStatus[] {
  const { facts } = state;
  const progress = approvalProgress(state);
  let approvals = 0;
  let analyses = 0;
  const items: GateStatus[] = [
    ...rejectionItem(facts),
    ...windowItem(facts),
    ...facts.gates.map(gate => {
      if (gate.soak) return soakItem(gate.soak, facts, now);
      if (gate.analysis) {
        analyses += 1;
        const measured = facts.analyses?.[analyses - 1] ?? [];
        return analysisItem(gate.analysis, facts.upstream, measured);
      }
      if (gate.policy) return policyItem(gate.policy, facts);
      approvals += 1;
      return approvalItem(
        gate.approval?.name ?? 'Approval',
        progress[approvals - 1],
      );
    }),
  ];
  const seen = [
    ...(state.breakGlass ? items.map(overridden) : items),
    ...turnItem(state),
  ];
  return state.busyWith === undefined
    ? seen
    : [...seen, targetItem(state.busyWith)];
}

/** Whether nothing holds any more. */
export function allOpen(items: readonly GateStatus[]): boolean {
  return items.every(
    ({ status }) => status === 'passed' || status === 'overridden',
  );
}

// Breaking the glass is for being late, not for what is known to be bad.
function overridden(item: GateStatus): GateStatus {
  return item.status === 'passed' || item.kind === 'release'
    ? item
    : { ...item, status: 'overridden' };
}

function rejectionItem({ rejection }: GateFacts): GateStatus[] {
  return rejection
    ? [
        {
          name: 'Release',
          kind: 'release',
          status: 'failed',
          message: `The release was rejected by ${rejection.by}: ${rejection.reason}`,
        },
      ]
    : [];
}

function windowItem({ windows }: GateFacts): GateStatus[] {
  if (!windows) return [];
  const { open, because, until } = windows;
  return [
    {
      name: 'Windows and freezes',
      kind: 'window',
      status: open ? 'passed' : 'waiting',
      message: open ? openInWords(windows) : closedInWords(windows),
      ...(until !== undefined && { until: new Date(until).toISOString() }),
      windows: because,
    },
  ];
}

function soakItem(
  soak: SoakGate,
  { upstream }: GateFacts,
  now: number,
): GateStatus {
  const wanted = durationMs(soak.duration);
  const gate = { name: 'Soak', kind: 'soak' as const };
  const missing = upstream.filter(({ since }) => since === undefined);
  if (missing.length)
    return {
      ...gate,
      status: 'waiting',
      message: `The release has not run in ${listed(missing)}`,
    };
  const stopped = upstream.filter(
    ({ since = 0, until }) => until !== undefined && until - since < wanted,
  );
  if (stopped.length)
    return {
      ...gate,
      status: 'waiting',
      message: `The release ran in ${listed(stopped)} for less than ${durationInWords(wanted)}`,
    };
  const running = upstream.filter(({ until }) => until === undefined);
  const ill = running.filter(({ health }) => health !== 'healthy');
  if (ill.length)
    return {
      ...gate,
      status: 'waiting',
      message: `The release is not well in ${listed(ill)}`,
    };
  const ready = Math.max(
    ...running.map(({ since = 0 }) => since + wanted),
    -Infinity,
  );
  if (ready > now)
    return {
      ...gate,
      status: 'waiting',
      message: `The release has to run ${durationInWords(wanted)} in ${listed(upstream)}`,
      until: new Date(ready).toISOString(),
    };
  return {
    ...gate,
    status: 'passed',
    message: upstream.length
      ? `The release ran ${durationInWords(wanted)} in ${listed(upstream)}`
      : 'No stage comes before',
  };
}

/** How a policy's rules stand, with what they say where they do not hold. */
export function policyItem(
  { rules }: PolicyGate,
  { policy }: Pick<GateFacts, 'policy'>,
): GateStatus {
  const results = rules.map(rule => {
    const severity = rule.severity ?? ('deny' as const);
    try {
      const holds = evaluateCondition(rule.expression, policy);
      return { name: rule.name, severity, holds, message: rule.message };
    } catch (error) {
      // What cannot be answered is not passed.
      const why = error instanceof Error ? error.message : String(error);
      return {
        name: rule.name,
        severity,
        holds: false,
        message: `${rule.message} (could not be evaluated: ${why})`,
      };
    }
  });
  const denied = results.filter(
    ({ holds, severity }) => !holds && severity === 'deny',
  );
  const warned = results.filter(
    ({ holds, severity }) => !holds && severity === 'warn',
  );
  const words = (broken: typeof results) =>
    broken.map(({ message }) => message).join('; ');
  const warning = warned.length
    ? `Allowed, with warnings: ${words(warned)}`
    : 'All rules hold';
  return {
    name: 'Policy',
    kind: 'policy',
    status: denied.length ? 'failed' : 'passed',
    message: denied.length ? words(denied) : warning,
    rules: results,
  };
}

/** How one approval stands, for people. */
export function approvalItem(
  name: string,
  { met, progress }: ReturnType<typeof approvalProgress>[number],
): GateStatus {
  const needed = [
    ...progress.rules
      .filter(({ given, atLeast }) => given < atLeast)
      .map(
        ({ group, given, atLeast }) => `${atLeast - given} of ${nameOf(group)}`,
      ),
    ...progress.approvers
      .filter(({ given }) => !given)
      .map(({ ref }) => nameOf(ref)),
  ];
  return {
    name,
    kind: 'approval',
    status: met ? 'passed' : 'waiting',
    message: met ? 'Approved' : `Needs ${needed.join(' and ')}`,
    ...(!met && progress.expiresAt && { until: progress.expiresAt }),
    approval: progress,
  };
}

// For people: the whole reference stands beside it, in the gate's progress.
function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

function turnItem({ turn }: Pick<GatesState, 'turn'>): GateStatus[] {
  if (!turn) return [];
  return [
    {
      name: 'Promotion',
      kind: 'promotion',
      status: turn === 'come' ? 'passed' : 'waiting',
      message:
        turn === 'come'
          ? 'Its turn has come'
          : 'Begins when everything that is promoted together is ready, and what it depends on is through',
    },
  ];
}

function targetItem(busyWith: string): GateStatus {
  return {
    name: 'Target',
    kind: 'target',
    status: 'waiting',
    message: `Rollout ${busyWith} is under way there`,
  };
}
