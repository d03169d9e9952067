import { useApi } from '@backstage/frontend-plugin-api';
import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef, type DeliveryApi } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

const PAGE_SIZE = 1000;
const MOST_EVENTS = 5000;

async function readAll(api: DeliveryApi, id: string): Promise<RolloutEvent[]> {
  const events: RolloutEvent[] = [];
  while (events.length < MOST_EVENTS) {
    // Each batch begins where the one before ended.
    // eslint-disable-next-line no-await-in-loop
    const batch = await api.listRolloutEvents(id, {
      afterVersion: events.at(-1)?.version,
      limit: PAGE_SIZE,
    });
    events.push(...batch);
    if (batch.length < PAGE_SIZE) break;
  }
  return events;
}

/** What happened in a rollout, oldest first. */
export function useRolloutEvents(id: string) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['rollout-events', id],
    read: () => readAll(api, id),
    concerns: signal => signal.rolloutId === id,
    pollMs: 20_000,
  });
}
