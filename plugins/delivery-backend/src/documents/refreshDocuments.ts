import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Documents } from './Documents';
import type { DocumentSettings } from './settings';

/** Reads the documents now and again. One replica does it at a time; the others see it in the database. */
export async function refreshDocuments(options: {
  scheduler: SchedulerService;
  documents: Documents;
  settings: DocumentSettings;
}): Promise<void> {
  const { scheduler, documents, settings } = options;
  await scheduler.scheduleTask({
    id: 'delivery-load-documents',
    frequency: settings.refresh,
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => documents.refresh(signal),
  });
}
