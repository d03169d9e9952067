import { ConflictError } from '@backstage/errors';
import {
  type ReplicaResources,
  type ResourceSizing,
  type RightSizeRequest,
  type RightSizing,
  type SizedRollout,
  targetScalePermission,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type Authorizer,
  type Caller,
  type Mutations,
} from '@slipway/backstage-plugin-slipway-node';
import { rightSizing } from '../domain/rightSizing/rightSizing';
import type { SizingRule } from '../domain/rightSizing/rules';
import type { Prices } from '../domain/whatif/price';
import type { SizedRelease } from '../effects/SizedRelease';
import type { ChangeableTargets } from './ChangeableTargets';
import { deliveryKeyOf, reasonOf } from './changeParts';
import type { TargetService } from './TargetService';
import type { UsageReader } from './UsageReader';

const dayMs = 86_400_000;

/** How much the containers of targets should request, for those who may see them; and its way into a release. */
export class RightSizingService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      changeable: ChangeableTargets;
      mutations: Mutations;
      prices: Prices | undefined;
      rules: Record<'cpu' | 'memory', SizingRule>;
      sizedRelease: SizedRelease;
      targets: TargetService;
      usage: UsageReader;
    },
  ) {}

  async recommend(
    targetId: string,
    { days }: { days: number },
    caller: Caller,
  ): Promise<RightSizing> {
    const { targets, usage } = this.options;
    const target = await targets.get(targetId, caller);
    const known = await usage.usage(target, days * dayMs);
    const window = {
      from: new Date(known.window.from).toISOString(),
      to: new Date(known.window.to).toISOString(),
    };
    if ('refused' in known)
      return { ...window, refused: known.refused, containers: [], notes: [] };
    return {
      ...window,
      source: known.source,
      ...rightSizing(target, known.value, known.window, this.options),
    };
  }

  /**
   * Rolls out what runs with the recommended requests. What is asked for has to be what is recommended: throws
   * `ConflictError` when that has changed since it was looked at, and for what delivery does not roll out.
   */
  async apply(
    targetId: string,
    request: RightSizeRequest,
    caller: Caller,
  ): Promise<{ rollout: SizedRollout; existed: boolean }> {
    const { authorizer, changeable, mutations, sizedRelease } = this.options;
    return mutations.audited(
      caller,
      { eventId: 'right-size', severityLevel: 'high', meta: { targetId } },
      async () => {
        const reason = reasonOf(request.reason);
        const { component, target } = await changeable.find(targetId, caller);
        await authorizer.requireFor(
          targetScalePermission,
          { ownerRef: component.ownerRef, tier: target.tier },
          caller.credentials,
          `change what ${component.title} requests in ${target.environmentName}`,
        );
        const operation = {
          name: 'right-size',
          request: { targetId, ...request },
        };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            const released = target.containers?.find(
              ({ ofRelease }) => ofRelease,
            );
            if (!target.delivered || !released)
              throw new ConflictError(
                `${target.workload} is not rolled out by delivery: change its requests where it is declared`,
              );
            const { containers, refused } = await this.recommend(
              targetId,
              { days: request.days ?? 7 },
              caller,
            );
            if (refused) throw new ConflictError(refused);
            const sizings = containers.find(
              ({ container }) => container === released.name,
            )?.resources;
            mustBeRecommended(sizings ?? [], request);
            const { cpuCores, memoryBytes } = request;
            const { rolloutId } = await sizedRelease.rollOut(
              target,
              { cpuCores, memoryBytes },
              { key: `sized-${deliveryKeyOf(caller)}`, reason },
              caller.credentials,
            );
            // Delivery has done it once by then; this only remembers what for.
            return mutations.once(caller, operation, async () => rolloutId);
          },
        );
        return {
          rollout: await sizedRelease.read(resultId, caller.credentials),
          existed: replayed,
        };
      },
    );
  }
}

function mustBeRecommended(
  sizings: readonly ResourceSizing[],
  { cpuCores, memoryBytes }: ReplicaResources,
): void {
  const asked = { cpu: cpuCores, memory: memoryBytes };
  if (cpuCores === undefined && memoryBytes === undefined)
    throw new ConflictError('Nothing is asked for: neither CPU nor memory');
  for (const resource of ['cpu', 'memory'] as const) {
    const amount = asked[resource];
    if (amount === undefined) continue;
    const found = sizings.find(sizing => sizing.resource === resource);
    if (
      !found ||
      found.verdict === 'keep' ||
      Math.abs(found.recommended / amount - 1) > 1e-6
    )
      throw new ConflictError(
        `What is recommended of ${resource === 'cpu' ? 'CPU' : 'memory'} is not this any more; look again`,
      );
  }
}
