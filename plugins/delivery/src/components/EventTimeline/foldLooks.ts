import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';

/** One entry of a timeline. */
export interface TimelineEntry {
  /** The newest, where it stands for several. */
  event: RolloutEvent;
  /** How often that happened, one after the other. */
  times: number;
  /** When it did first. */
  since: string;
}

/**
 * Looks at gates one after the other, as one entry: whoever waits for a freeze to end is not shown a thousand of them.
 * Takes and keeps either order of time.
 */
export function foldLooks(events: readonly RolloutEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    // What comes of it follows at once.
    if (event.type === 'gates.due') continue;
    const last = entries.at(-1);
    if (
      last &&
      event.type === 'gates.looked' &&
      last.event.type === event.type &&
      last.event.summary === event.summary
    ) {
      last.times += 1;
      if (event.at < last.since) last.since = event.at;
      if (event.version > last.event.version) last.event = event;
    } else entries.push({ event, times: 1, since: event.at });
  }
  return entries;
}
