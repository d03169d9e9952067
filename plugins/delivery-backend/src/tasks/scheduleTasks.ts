import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { IdempotencyStore } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import type { AutoPromoter } from '../automation/AutoPromoter';
import type { CatalogReader } from '../catalog/CatalogReader';
import type { CommitRangeStore } from '../database/CommitRangeStore';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import type { GateNotifier } from '../notifications/GateNotifier';
import type { ReviewReminder } from '../notifications/ReviewReminder';
import type { ChangeSignals } from '../service/ChangeSignals';
import { DeploymentObserver } from './DeploymentObserver';
import type { IncidentWatch } from './IncidentWatch';
import { refreshCatalogFacts } from './refreshCatalogFacts';

const idempotencyDays = 7;
const commitDays = 90;

/** The plugin's scheduled work. One replica does it at a time. Answers how to end what goes on between. */
export async function scheduleTasks(options: {
  auth: AuthService;
  catalog: CatalogReader;
  autoPromoter: AutoPromoter;
  changes: ChangeSignals;
  commitRanges: CommitRangeStore;
  knex: Knex;
  logger: LoggerService;
  notifier: GateNotifier;
  now: () => number;
  registry: DeliveryRegistry;
  incidents: IncidentWatch;
  reminder: ReviewReminder;
  scheduler: SchedulerService;
}): Promise<{ stop(): Promise<void> }> {
  const { changes, knex, now, scheduler } = options;
  const observer = new DeploymentObserver({
    ...options,
    onChange: target => changes.targetChanged(target),
  });
  await scheduler.scheduleTask({
    id: 'delivery-observe-deployments',
    frequency: { seconds: 10 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => observer.run(signal),
  });
  const unsubscribe = options.registry.runtimes.map(runtime =>
    runtime.onChange?.(target => observer.lookSoon(target)),
  );
  await scheduler.scheduleTask({
    id: 'delivery-notify',
    frequency: { seconds: 5 },
    timeout: { minutes: 1 },
    scope: 'global',
    fn: () => options.notifier.run(),
  });
  await scheduler.scheduleTask({
    id: 'delivery-remind-reviews',
    frequency: { hours: 24 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: () => options.reminder.run(),
  });
  await scheduler.scheduleTask({
    id: 'delivery-read-incidents',
    frequency: { seconds: 30 },
    timeout: { minutes: 2 },
    scope: 'global',
    fn: signal => options.incidents.run(signal),
  });
  await scheduler.scheduleTask({
    id: 'delivery-promote',
    frequency: { seconds: 5 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: () => options.autoPromoter.run(),
  });
  await scheduler.scheduleTask({
    id: 'delivery-refresh-catalog-facts',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => refreshCatalogFacts({ ...options, signal }),
  });
  await scheduler.scheduleTask({
    id: 'delivery-purge-idempotency-keys',
    frequency: { hours: 1 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: async () => {
      const before = new Date(now() - idempotencyDays * 86_400_000);
      await IdempotencyStore.purge(knex, before.toISOString());
    },
  });
  await scheduler.scheduleTask({
    id: 'delivery-purge-commits',
    frequency: { hours: 24 },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: async () => {
      const before = new Date(now() - commitDays * 86_400_000);
      await options.commitRanges.purge(before.toISOString());
    },
  });
  return {
    async stop() {
      for (const end of unsubscribe) end?.();
      await observer.stop();
    },
  };
}
