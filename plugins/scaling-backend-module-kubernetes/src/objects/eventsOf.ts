import type { CoreV1Event } from '@kubernetes/client-node';
import type { ScalingEvent } from '@slipway/backstage-plugin-scaling-common';

/** What was told of certain objects. The API server sends instants as text. */
export function eventsOf(
  events: CoreV1Event[],
  isMeant: (object: { kind?: string; name?: string }) => boolean,
): ScalingEvent[] {
  return events
    .filter(({ involvedObject }) => isMeant(involvedObject))
    .flatMap(event => {
      const at = (event.lastTimestamp ??
        event.eventTime ??
        event.firstTimestamp ??
        event.metadata.creationTimestamp) as unknown as string | undefined;
      if (!at) return [];
      return [
        {
          id: event.metadata.uid ?? event.metadata.name ?? at,
          at: new Date(at).toISOString(),
          severity:
            event.type === 'Warning' ? ('warning' as const) : ('info' as const),
          reason: event.reason ?? 'Unknown',
          message: event.message ?? '',
          count: event.count ?? 1,
        },
      ];
    });
}
