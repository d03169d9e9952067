import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ScalingCondition } from '@slipway/backstage-plugin-scaling-common';
import type {
  LoadSource,
  MeasuredLoad,
} from '@slipway/backstage-plugin-scaling-node';
import type { Knex } from 'knex';
import type { CatalogReader } from '../catalog/CatalogReader';
import type {
  AutoscalerStore,
  StoredAutoscaler,
} from '../database/AutoscalerStore';
import type { ChangeStore, StoredChange } from '../database/ChangeStore';
import { HistoryStore } from '../database/HistoryStore';
import {
  type AutoscaleMemory,
  look,
  nothingKnown,
} from '../domain/autoscale/look';
import { conditionsOf, failed, heldBack } from '../domain/autoscale/why';
import type { MostReplicas } from '../domain/change/bounds';
import {
  type AskedPolicy,
  type ChangeTarget,
  isFollowed,
} from '../domain/change/state';
import { type LimitsNow, limitsAt } from '../domain/policy/limitsAt';
import { metricName } from '../domain/policy/metricName';
import type {
  DeliveredReplicas,
  DeliveryMeans,
} from '../effects/DeliveryMeans';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

const timeoutMs = 10_000;
/** So many targets are looked at side by side. */
const together = 10;

type Followed = StoredChange & {
  asked: AskedPolicy;
  /** As the look before left it. */
  before: StoredAutoscaler | undefined;
};

/**
 * Follows policies where the runtime has no autoscaler: looks at the load, and has delivery change the number.
 *
 * A scheduled task of one replica, and no run of the engine: a look leaves nothing behind but one row, whereas a run
 * would write events every 15 seconds for as long as the policy stands. That a policy stands is a run. Should two
 * workers be at it all the same, as when one slept past its time, only one gets on from a look to the next
 * (`AutoscalerStore.advance`), and delivery refuses a number for anything but what it was reckoned for
 * (`lastRolloutId`).
 */
export class PolicyFollower {
  constructor(
    private readonly options: {
      auth: AuthService;
      autoscalers: AutoscalerStore;
      catalog: CatalogReader;
      changes: ChangeStore;
      delivery: DeliveryMeans;
      knex: Knex;
      logger: LoggerService;
      most: MostReplicas;
      now: () => number;
      registry: ProviderRegistry;
    },
  ) {}

  /** One look at each of them. */
  async run(signal: AbortSignal): Promise<void> {
    const left = await this.options.changes.followed();
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift())
        await this.#follow(next, signal);
    };
    await Promise.all(Array.from({ length: together }, worker));
  }

  /** Nothing that goes wrong with one keeps the others from being looked at. */
  async #follow(stored: StoredChange, signal: AbortSignal): Promise<void> {
    const { autoscalers, logger } = this.options;
    const { asked } = stored.state;
    if (asked.kind !== 'policy') return;
    try {
      const before = await autoscalers.get(asked.target.id);
      const followed = { ...stored, asked, before };
      try {
        await this.#look(
          followed,
          AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        );
      } catch (error) {
        await this.#tell(followed, failed(toError(error).message));
        throw error;
      }
    } catch (error) {
      logger.warn(
        `${asked.target.componentTitle} in ${asked.target.environmentName} does not follow its scaling policy now: ${toError(error).message}`,
      );
    }
  }

  async #look(followed: Followed, signal: AbortSignal): Promise<void> {
    const { delivery, now } = this.options;
    const { asked, before } = followed;
    const { target } = asked;
    const there = await delivery.look(target, signal);
    const inTheWay = await this.#inTheWay(target, there);
    if (inTheWay) {
      await this.#tell(followed, inTheWay);
      return;
    }
    const replicas = there!.replicas;
    const limits = this.#limits(asked);
    const memory = before?.memory ?? nothingKnown;
    const { problem, totals } = await this.#measure(target, signal);
    const seen = look(
      memory,
      { replicas, totals },
      asked.policy,
      limits,
      now(),
    );
    const conditions = conditionsOf(seen, limits, problem, now());
    const unheard = await this.#unheard(memory, replicas, target, signal);
    if (unheard) conditions.push(failed(unheard));
    const number = before?.look ?? 0;
    const isMine = await this.#keep(followed, number, seen.memory, conditions);
    if (!isMine || seen.desired === replicas) return;
    await this.#change(followed, there!, {
      number: number + 1,
      memory: seen.memory,
      conditions,
      reason: seen.reason,
      signal,
    });
  }

  /** Has delivery change the number that was reckoned at this look. */
  async #change(
    followed: Followed,
    { lastRolloutId }: DeliveredReplicas,
    step: {
      number: number;
      memory: AutoscaleMemory;
      conditions: ScalingCondition[];
      reason: string;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { changes, delivery } = this.options;
    const { asked, change } = followed;
    const { conditions, memory, number, reason } = step;
    const { from, to } = memory.asked!;
    // It may have been ended, or somebody may have set another number, while load was measured.
    const standing = await changes.get(change.id);
    if (!standing || !isFollowed(standing.state)) return;
    if (await changes.activeOf(asked.target.id, 'scale')) return;
    try {
      const written = await delivery.write(
        asked.target,
        { driver: 'fixed', replicas: to },
        {
          key: `${change.id}/${number}`,
          reason: `Scaling policy ${asked.policy.metadata.name}: ${reason}`,
          // It is the plugin that asks, and no person.
          requestedBy: `policy:${change.id}`,
          signal: step.signal,
          ...(lastRolloutId && { lastRolloutId }),
        },
      );
      if (written !== 'done' && !written.rolloutId) {
        conditions.push(heldBack('RolloutUnderWay', written.held));
        await this.#keep(followed, number, memory, conditions);
        return;
      }
      await this.#keep(
        followed,
        number,
        {
          ...memory,
          asked: {
            ...memory.asked!,
            ...(written !== 'done' && { rolloutId: written.rolloutId }),
          },
        },
        conditions,
      );
      await this.#record(followed, number, `${from} to ${to}: ${reason}`);
    } catch (error) {
      conditions.push(failed(toError(error).message));
      await this.#keep(followed, number, memory, conditions);
      throw error;
    }
  }

  /** What keeps it from being looked at. */
  async #inTheWay(
    { id }: ChangeTarget,
    there: DeliveredReplicas | undefined,
  ): Promise<ScalingCondition | undefined> {
    const byHand = await this.options.changes.activeOf(id, 'scale');
    if (byHand)
      return heldBack(
        'SetByHand',
        `A change by hand stands (${byHand.change.reason}); the policy goes on when it has ended.`,
      );
    if (!there)
      return heldBack('NothingRuns', 'Nothing runs there that could scale.');
    return there.activeRolloutId
      ? heldBack(
          'RolloutUnderWay',
          `Rollout ${there.activeRolloutId} is under way; the policy goes on when it has ended.`,
        )
      : undefined;
  }

  /** Never beyond what the tier allows, also when that was lowered after the policy had been applied. */
  #limits({ policy, target }: AskedPolicy): LimitsNow {
    const { most, now } = this.options;
    const limits = limitsAt(policy, target.tier, now());
    if (!limits) throw new Error(`The policy says nothing of ${target.tier}`);
    const highest = most[target.tier];
    return {
      ...limits,
      min: Math.min(limits.min, highest),
      max: Math.min(limits.max, highest),
    };
  }

  /** Limits hold also when load cannot be known. */
  async #measure(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<MeasuredLoad> {
    try {
      const { environment, load } = await this.#source(target);
      return await load.measure(
        {
          environment,
          componentRef: target.componentRef,
          workload: target.workload,
        },
        { signal },
      );
    } catch (error) {
      return { totals: {}, problem: toError(error).message };
    }
  }

  async #source(target: ChangeTarget) {
    const { auth, catalog, registry } = this.options;
    const environment = await catalog.environment(
      target.environmentRef,
      await auth.getOwnServiceCredentials(),
    );
    const load: LoadSource | undefined =
      environment && registry.forRuntime(environment.runtime)?.load;
    if (!environment || !load)
      throw new Error(`Nothing measures load in ${target.environmentName}`);
    return { environment, load };
  }

  /** Why what was asked for did not come about. */
  async #unheard(
    { asked }: AutoscaleMemory,
    replicas: number,
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!asked?.rolloutId || asked.to === replicas) return undefined;
    try {
      await this.options.delivery.write(
        target,
        { driver: 'fixed', replicas: asked.to },
        {
          key: '',
          reason: '',
          requestedBy: '',
          rolloutId: asked.rolloutId,
          signal,
        },
      );
      return undefined;
    } catch (error) {
      return toError(error).message;
    }
  }

  /** Only says why nothing is done. */
  async #tell(followed: Followed, condition: ScalingCondition): Promise<void> {
    const { before } = followed;
    await this.#keep(
      followed,
      before?.look ?? 0,
      before?.memory ?? nothingKnown,
      [condition],
    );
  }

  /** False when another worker has looked meanwhile. */
  async #keep(
    { asked }: Followed,
    after: number,
    memory: AutoscaleMemory,
    conditions: ScalingCondition[],
  ): Promise<boolean> {
    const { min, max } = this.#limits(asked);
    const { metadata, spec } = asked.policy;
    return this.options.autoscalers.advance(asked.target.id, after, {
      memory,
      shown: {
        name: metadata.name,
        limits: { min, max },
        targets: Object.fromEntries(
          spec.metrics.flatMap(metric =>
            'target' in metric ? [[metricName(metric), metric.target]] : [],
          ),
        ),
        conditions,
      },
    });
  }

  async #record(
    { asked, change }: Followed,
    number: number,
    message: string,
  ): Promise<void> {
    const { knex, now } = this.options;
    await knex.transaction(tx =>
      HistoryStore.addEvents(tx, asked.target.id, [
        {
          id: `${change.id}-${number}`,
          at: new Date(now()).toISOString(),
          severity: 'info',
          reason: 'SuccessfulRescale',
          message,
          count: 1,
        },
      ]),
    );
  }
}
