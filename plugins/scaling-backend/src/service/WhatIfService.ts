import {
  type WhatIf,
  type WhatIfRequest,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type Caller,
  FieldError,
} from '@slipway/backstage-plugin-slipway-node';
import type { DemandStore } from '../database/DemandStore';
import type { HistoryStore } from '../database/HistoryStore';
import { policyFrom } from '../domain/policy/parsePolicy';
import { stepFor } from '../domain/steps';
import { unrecorded } from '../domain/whatif/policyDemand';
import { type Prices, replicaCost } from '../domain/whatif/price';
import type { Recorded } from '../domain/whatif/recorded';
import { whatIf } from '../domain/whatif/whatIf';
import type { TargetService } from './TargetService';

/** Until a container has started and is ready, as nobody says otherwise. */
const assumedStartupSeconds = 30;

/** Policies tried on what was recorded, for those who may see the target. */
export class WhatIfService {
  constructor(
    private readonly options: {
      demand: DemandStore;
      history: HistoryStore;
      now: () => number;
      prices: Prices | undefined;
      targets: TargetService;
    },
  ) {}

  /** Throws `FieldError` where the policy does not hold, or where a metric of it was not recorded. */
  async whatIf(
    targetId: string,
    request: WhatIfRequest & { hours: number },
    caller: Caller,
  ): Promise<WhatIf> {
    const target = await this.options.targets.get(targetId, caller);
    const { document } = policyFrom(request.policy, '/policy');
    if (!document.spec.replicas[target.tier])
      throw new FieldError([
        {
          pointer: '/policy/spec/replicas',
          detail: `has no limits for ${target.tier}, which ${target.environmentName} is`,
        },
      ]);
    const recorded = await this.#recorded(targetId, request.hours);
    if (!recorded.steps.length)
      throw new FieldError([
        {
          pointer: '/hours',
          detail: 'nothing was recorded of this target in this time',
        },
      ]);
    const problems = unrecorded(document.spec.metrics, recorded);
    if (problems.length)
      throw new FieldError(
        problems.map(({ pointer, detail }) => ({
          pointer: `/policy${pointer}`,
          detail,
        })),
      );
    return whatIf(recorded, document, {
      tier: target.tier,
      startupSeconds: request.startupSeconds ?? assumedStartupSeconds,
      startupAssumed: request.startupSeconds === undefined,
      cost: replicaCost(this.options.prices, target.resources),
    });
  }

  async #recorded(targetId: string, hours: number): Promise<Recorded> {
    const { demand, history, now } = this.options;
    const stepSeconds = stepFor(hours);
    const query = {
      stepSeconds,
      since: new Date(now() - hours * 3_600_000).toISOString(),
    };
    const [samples, demands] = await Promise.all([
      history.samples(targetId, query),
      demand.byStep(targetId, query),
    ]);
    return {
      stepSeconds,
      steps: samples.map(({ at, replicas }) => ({
        at: Date.parse(at),
        replicas,
        demands: demands.get(at) ?? [],
      })),
    };
  }
}
