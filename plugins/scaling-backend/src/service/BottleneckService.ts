import type { Bottleneck } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import type { HistoryStore } from '../database/HistoryStore';
import {
  bottleneckHours,
  bottlenecks,
} from '../domain/bottlenecks/bottlenecks';
import { fineStep } from '../domain/steps';
import type { TargetService } from './TargetService';

/** What keeps targets from scaling well, for those who may see them. */
export class BottleneckService {
  constructor(
    private readonly options: {
      history: HistoryStore;
      now: () => number;
      targets: TargetService;
    },
  ) {}

  async list(targetId: string, caller: Caller): Promise<Bottleneck[]> {
    const { history, now, targets } = this.options;
    const target = await targets.get(targetId, caller);
    const since = new Date(now() - bottleneckHours * 3_600_000);
    return bottlenecks(
      target,
      await history.samples(targetId, {
        stepSeconds: fineStep,
        since: since.toISOString(),
      }),
    );
  }
}
