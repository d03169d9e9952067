import type { Bottleneck } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import type { HistoryStore } from '../database/HistoryStore';
import {
  bottleneckHours,
  bottlenecks,
} from '../domain/bottlenecks/bottlenecks';
import { usageBottlenecks } from '../domain/bottlenecks/usageBottlenecks';
import { fineStep } from '../domain/steps';
import type { TargetService } from './TargetService';
import type { UsageReader } from './UsageReader';

const hourMs = 3_600_000;
/** What is known without a vendor is not kept back for what only a vendor knows. */
const patienceMs = 3000;

/** What keeps targets from scaling well, for those who may see them. */
export class BottleneckService {
  constructor(
    private readonly options: {
      history: HistoryStore;
      now: () => number;
      targets: TargetService;
      usage: UsageReader;
    },
  ) {}

  async list(
    targetId: string,
    caller: Caller,
  ): Promise<{ items: Bottleneck[]; notLookedAt?: string }> {
    const { history, now, targets, usage } = this.options;
    const target = await targets.get(targetId, caller);
    const since = new Date(now() - bottleneckHours * hourMs);
    const [samples, used, answered] = await Promise.all([
      history.samples(targetId, {
        stepSeconds: fineStep,
        since: since.toISOString(),
      }),
      usage.usage(target, bottleneckHours * hourMs, { patienceMs }),
      usage.requests(target, hourMs, { patienceMs }),
    ]);
    return {
      items: [
        ...bottlenecks(target, samples),
        ...usageBottlenecks(target, {
          containers: 'value' in used ? used.value.containers : [],
          requests: 'value' in answered ? answered.value : [],
        }),
      ],
      ...('refused' in used && { notLookedAt: used.refused }),
    };
  }
}
