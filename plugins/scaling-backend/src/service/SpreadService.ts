import type { Spread } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import { spread } from '../domain/spread/spread';
import type { TargetService } from './TargetService';
import type { UsageReader } from './UsageReader';

const minuteMs = 60_000;

/** How requests spread over the replicas of targets, for those who may see them. */
export class SpreadService {
  constructor(
    private readonly options: { targets: TargetService; usage: UsageReader },
  ) {}

  async read(
    targetId: string,
    { minutes }: { minutes: number },
    caller: Caller,
  ): Promise<Spread> {
    const { targets, usage } = this.options;
    const target = await targets.get(targetId, caller);
    const known = await usage.requests(target, minutes * minuteMs);
    const window = {
      from: new Date(known.window.from).toISOString(),
      to: new Date(known.window.to).toISOString(),
    };
    if ('refused' in known)
      return { ...window, refused: known.refused, replicas: [], zones: [] };
    return {
      ...window,
      source: known.source,
      ...spread(known.value),
    };
  }
}
