import type { EffectHandlers, Engine } from '@slipway/workflow-engine';
import type { ChangeStore } from '../database/ChangeStore';
import { type ChangeCommand, inheritanceOf } from '../domain/change/commands';
import type { ChangeMeans } from '../domain/change/state';
import type {
  ApplyResult,
  GatesResult,
  PlaceResult,
  PolicyEffect,
  RevertResult,
  WithdrawResult,
} from '../domain/change/effects';
import type { DeliveryGates } from './DeliveryGates';
import { again, done, forGood, gone } from './outcomes';
import type { PolicyMeans } from './PolicyMeans';

/** People take their time. */
const gatesMs = 5000;

/** Carries out what policies ask of the world. */
export function createPolicyEffects(options: {
  changes: ChangeStore;
  /** Asked when there is something to do, because it needs these effects itself. */
  engine: () => Engine;
  gates: DeliveryGates;
  policies: Record<ChangeMeans, PolicyMeans>;
}): EffectHandlers<PolicyEffect> {
  const { changes, engine, gates, policies } = options;

  /** What a person has set by hand is not overwritten by what is due by the clock. */
  async function inTheWay(targetId: string): Promise<string | undefined> {
    const byHand = await changes.activeOf(targetId, 'scale');
    return (
      byHand &&
      `A change by hand stands (${byHand.change.reason}); the policy goes on when it has ended`
    );
  }

  return {
    'scaling.gates': ({ approvals, seen, target }, { signal }) =>
      forGood(async () => {
        const result = await gates.look(target, approvals, signal);
        return 'held' in result && result.held === seen
          ? again(gatesMs)
          : done<GatesResult>(result);
      }),

    'scaling.withdraw': ({ approvals, reason }, { signal }) =>
      forGood(async () => {
        await gates.withdraw(approvals, reason, signal);
        return done<WithdrawResult>({ outcome: 'untouched' });
      }),

    'scaling.place': ({ target, via }, { actor, runId, signal }) =>
      forGood(async () => {
        const standing = await changes.activeOf(target.id, 'policy');
        if (standing)
          await engine().submit<ChangeCommand>({
            runId: standing.change.id,
            command: { type: 'supersede', changeId: runId },
            actor,
          });
        const last = await changes.lastPlaced(target.id);
        // Also when it was superseded in an earlier try of this.
        const inherited =
          last?.state.end?.changeId === runId && inheritanceOf(last.state);
        // What somebody has set by hand goes again, and is nothing to put back.
        const byHand = await changes.activeOf(target.id, 'scale');
        const setting = inherited
          ? inherited.before
          : (byHand?.state.before ??
            (await policies[via].read(target, signal)));
        return done<PlaceResult>({
          setting: setting ?? null,
          order: (last?.state.order ?? 0) + 1,
        });
      }),

    'scaling.applyPolicy': (
      { fence, limits, policy, seen, target, via },
      { signal },
    ) =>
      forGood(async () => {
        const held = await inTheWay(target.id);
        if (held) return held === seen ? again() : done<ApplyResult>({ held });
        const now = await policies[via].read(target, signal);
        if (!now) throw gone(target.workload);
        await policies[via].apply(target, policy, limits, { fence, signal });
        return done<ApplyResult>({ applied: true });
      }),

    'scaling.removePolicy': (effect, { key, runId, signal }) =>
      forGood(async () => {
        const { before, fence, rolloutId, seen, target, via } = effect;
        const held = await inTheWay(target.id);
        if (held) return held === seen ? again() : done<RevertResult>({ held });
        const outcome = await policies[via].remove(target, before, {
          key: `${runId}/${key}`,
          fence,
          reason: effect.reason,
          requestedBy: effect.requestedBy,
          signal,
          ...(rolloutId && { rolloutId }),
        });
        if (typeof outcome === 'object')
          return outcome.held === seen ? again() : done<RevertResult>(outcome);
        if (outcome === 'gone') return done<RevertResult>({ outcome });
        return done<RevertResult>({
          outcome: outcome === 'removed' && before ? 'restored' : 'left',
        });
      }),
  };
}
