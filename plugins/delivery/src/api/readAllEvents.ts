import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';

const PAGE_SIZE = 1000;
const MOST_EVENTS = 5000;

/** Reads what happened in a run batch by batch, oldest first. */
export async function readAllEvents(
  read: (query: {
    afterVersion?: number;
    limit: number;
  }) => Promise<RolloutEvent[]>,
): Promise<RolloutEvent[]> {
  const events: RolloutEvent[] = [];
  while (events.length < MOST_EVENTS) {
    // Each batch begins where the one before ended.
    // eslint-disable-next-line no-await-in-loop
    const batch = await read({
      afterVersion: events.at(-1)?.version,
      limit: PAGE_SIZE,
    });
    events.push(...batch);
    if (batch.length < PAGE_SIZE) break;
  }
  return events;
}
