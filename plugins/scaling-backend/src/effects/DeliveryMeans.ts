import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError, ResponseError } from '@backstage/errors';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { ChangeTarget } from '../domain/change/state';
import type { ReplicaMeans, Written } from './ReplicaMeans';

/** A number of copies as delivery keeps it. */
export interface DeliveredReplicas {
  replicas: number;
  /** Whatever began there last. */
  lastRolloutId?: string;
  /** Under way. */
  activeRolloutId?: string;
}

const forGood = new Set([400, 403, 404]);

/**
 * Through delivery, for the fixed number of copies of what it runs: so its record agrees, and later rollouts keep the
 * number.
 */
export class DeliveryMeans implements ReplicaMeans {
  constructor(
    private readonly options: { auth: AuthService; client: DeliveryClient },
  ) {}

  async read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined> {
    const now = await this.look(target, signal);
    return now && { driver: 'fixed', replicas: now.replicas };
  }

  /** Nothing where nothing runs. */
  async look(
    { componentRef, environmentRef }: ChangeTarget,
    signal: AbortSignal,
  ): Promise<DeliveredReplicas | undefined> {
    const { items } = await this.options.client.listDeployments(
      { componentRef, environmentRef },
      { token: await this.#token(), signal },
    );
    const [deployment] = items;
    if (!deployment?.release || deployment.replicas === undefined)
      return undefined;
    const { activeRolloutId, lastRolloutId, replicas } = deployment;
    return {
      replicas,
      ...(lastRolloutId && { lastRolloutId }),
      ...(activeRolloutId && { activeRolloutId }),
    };
  }

  /** `lastRolloutId`: what was seen there; held when something newer has begun since. */
  async write(
    target: ChangeTarget,
    setting: ReplicaSetting,
    context: Omit<Parameters<ReplicaMeans['write']>[2], 'fence'> & {
      lastRolloutId?: string;
    },
  ): Promise<Written> {
    const { rolloutId, signal } = context;
    const { client } = this.options;
    const token = await this.#token();
    try {
      // Delivery refuses the number that it has already, in the same way as it refuses while a rollout is under way.
      const now = rolloutId ? undefined : await this.read(target, signal);
      if (now && now.replicas === setting.replicas) return 'done';
      signal.throwIfAborted();
      const rollout = rolloutId
        ? await client.getRollout(rolloutId, { token, signal })
        : await client.scaleTarget(
            {
              componentRef: target.componentRef,
              environmentRef: target.environmentRef,
              replicas: setting.replicas ?? 0,
              ...(context.lastRolloutId && {
                lastRolloutId: context.lastRolloutId,
              }),
              reason: context.reason,
              ...(context.requestedBy.startsWith('user:') && {
                onBehalfOf: context.requestedBy,
              }),
            },
            { token, signal, idempotencyKey: context.key },
          );
      if (rollout.phase === 'succeeded') return 'done';
      if (rollout.finishedAt)
        throw new ConflictError(
          `Delivery did not bring it about (${rollout.phase}): ${rollout.message ?? 'it did not say why'}`,
        );
      return {
        held: `Delivery rolls it out: ${rollout.message ?? rollout.phase}`,
        rolloutId: rollout.id,
      };
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      const { message } = error.body.error;
      // A rollout is under way there; it is waited for.
      if (error.statusCode === 409) return { held: message };
      if (forGood.has(error.statusCode)) throw new ConflictError(message);
      throw error;
    }
  }

  /** Delivery keeps rollouts of a target in order, and has none of ours under way. */
  async leave(): Promise<void> {}

  async #token(): Promise<string> {
    const { auth } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'delivery',
    });
    return token;
  }
}
