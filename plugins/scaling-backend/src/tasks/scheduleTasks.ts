import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { IdempotencyStore } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { DemandStore } from '../database/DemandStore';
import { HistoryStore } from '../database/HistoryStore';
import { TargetStore } from '../database/TargetStore';
import type { PolicyFollower } from './PolicyFollower';
import type { TargetObserver } from './TargetObserver';

const hourMs = 3_600_000;
const idempotencyDays = 7;

/** The plugin's scheduled work. One replica does it at a time. */
export async function scheduleTasks(options: {
  config: Config;
  follower: PolicyFollower;
  knex: Knex;
  now: () => number;
  observer: TargetObserver;
  scheduler: SchedulerService;
}): Promise<void> {
  const { config, follower, knex, now, observer, scheduler } = options;
  const retention = config.getOptionalConfig('scaling.retention');
  const hours = retention?.getOptionalNumber('minuteSamplesHours') ?? 24;
  const days = retention?.getOptionalNumber('days') ?? 30;
  await scheduler.scheduleTask({
    id: 'scaling-observe',
    frequency: { seconds: 30 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => observer.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'scaling-follow-policies',
    // As often as a HorizontalPodAutoscaler looks.
    frequency: { seconds: 15 },
    timeout: { minutes: 1 },
    scope: 'global',
    fn: signal => follower.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'scaling-purge',
    frequency: { hours: 1 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: async () => {
      const before = (ms: number) => new Date(now() - ms).toISOString();
      const rest = before(days * 24 * hourMs);
      const minutes = before(hours * hourMs);
      await HistoryStore.purge(knex, { minutes, rest });
      await DemandStore.purge(knex, { minutes, rest });
      await TargetStore.purgeGone(knex, rest);
      await IdempotencyStore.purge(knex, before(idempotencyDays * 24 * hourMs));
    },
  });
}
