import type { RightSizing } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import { rightSizing } from '../domain/rightSizing/rightSizing';
import type { SizingRule } from '../domain/rightSizing/rules';
import type { Prices } from '../domain/whatif/price';
import type { TargetService } from './TargetService';
import type { UsageReader } from './UsageReader';

const dayMs = 86_400_000;

/** How much the containers of targets should request, for those who may see them. */
export class RightSizingService {
  constructor(
    private readonly options: {
      prices: Prices | undefined;
      rules: Record<'cpu' | 'memory', SizingRule>;
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
}
