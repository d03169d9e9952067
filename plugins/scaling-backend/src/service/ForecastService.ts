import type { Forecast } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import type { HistoryStore } from '../database/HistoryStore';
import { confidence, forecast, reaches } from '../domain/forecast/forecast';
import { hourly } from '../domain/forecast/hourly';
import { coarseStep } from '../domain/steps';
import type { TargetService } from './TargetService';

const dayMs = 86_400_000;
// More than is kept, unless retention is longer than that.
const historyDays = 90;

/** What is to be expected of targets, for those who may see them. */
export class ForecastService {
  constructor(
    private readonly options: {
      history: HistoryStore;
      now: () => number;
      targets: TargetService;
    },
  ) {}

  async forecast(
    targetId: string,
    { days }: { days: number },
    caller: Caller,
  ): Promise<Forecast> {
    const { history, now, targets } = this.options;
    const { maxReplicas } = await targets.get(targetId, caller);
    const at = now();
    const seen = hourly(
      await history.samples(targetId, {
        stepSeconds: coarseStep,
        since: new Date(at - historyDays * dayMs).toISOString(),
      }),
    );
    const found = forecast(seen, at, at + days * dayMs);
    const known = {
      ...(maxReplicas !== undefined && { maxReplicas }),
      history: seen.map(hour => ({ ...hour, at: instant(hour.at) })),
    };
    if ('refused' in found) return { ...known, ...found, points: [] };
    const reached =
      maxReplicas === undefined ? {} : reaches(found.hours, maxReplicas);
    return {
      ...known,
      confidence,
      trendPerWeek: found.trendPerWeek,
      ...(reached.at !== undefined && { reachesMaxAt: instant(reached.at) }),
      ...(reached.maybeAt !== undefined && {
        mayReachMaxAt: instant(reached.maybeAt),
      }),
      points: found.hours.map(hour => ({ ...hour, at: instant(hour.at) })),
    };
  }
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
