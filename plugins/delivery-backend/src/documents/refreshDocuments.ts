import type { SchedulerService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';
import type { Documents } from './Documents';
import type { DocumentSettings } from './settings';

/** Reads the documents now and again, sooner while one has never been good: at a first start the catalog is empty. One replica does it at a time; the others see it in the database. */
export async function refreshDocuments(options: {
  scheduler: SchedulerService;
  documents: Documents;
  settings: DocumentSettings;
}): Promise<void> {
  const { scheduler, documents, settings } = options;
  const refreshSeconds = durationToMilliseconds(settings.refresh) / 1000;
  await scheduler.scheduleTask({
    id: 'delivery-load-documents',
    frequency: { seconds: Math.min(5, refreshSeconds) },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => documents.refreshWhenDue(signal),
  });
  if (!settings.fromComponents) return;
  await scheduler.scheduleTask({
    id: 'delivery-load-own-pipelines',
    frequency: settings.refresh,
    // At a first start the catalog is empty.
    initialDelay: { seconds: 10 },
    timeout: { minutes: 30 },
    scope: 'global',
    fn: signal => documents.refreshOwn(signal),
  });
}
