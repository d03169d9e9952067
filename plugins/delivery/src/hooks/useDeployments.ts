import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Deployment,
  DeliverySignal,
} from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef, type DeliveryApi } from '../api/deliveryApi';
import { useDeliverySignal } from './useDeliverySignal';
import { useLiveQuery } from './useLiveQuery';

const PAGE_SIZE = 200;
/** 10 000 deployments; beyond that the page says that it shows a part. */
const MOST_PAGES = 50;
/** More changed targets than this at once are cheaper read as a whole. */
const MOST_SINGLE_READS = 5;

export interface Deployments {
  items: Deployment[];
  /** Of all, whether read or not. */
  total: number;
}

type Filter = { componentRef?: string; owner?: string };

async function readAll(api: DeliveryApi, filter: Filter): Promise<Deployments> {
  const items: Deployment[] = [];
  let cursor: string | undefined;
  let total = 0;
  for (let count = 0; count < MOST_PAGES; count++) {
    // Each page's cursor comes with the page before.
    // eslint-disable-next-line no-await-in-loop
    const answer = await api.listDeployments({
      ...filter,
      limit: PAGE_SIZE,
      cursor,
    });
    items.push(...answer.items);
    total = answer.page.totalItems;
    cursor = answer.page.nextCursor;
    if (!cursor) break;
  }
  return { items, total };
}

const targetOf = (one: { componentRef: string; environmentRef: string }) =>
  `${one.componentRef}@${one.environmentRef}`;

/** Puts freshly read deployments in place of those of the same targets. */
export function mergeDeployments(
  known: Deployments,
  targets: ReadonlySet<string>,
  fresh: Deployment[],
): Deployments {
  const freshByTarget = new Map(fresh.map(one => [targetOf(one), one]));
  const items = known.items.flatMap(one => {
    const target = targetOf(one);
    if (!targets.has(target)) return [one];
    const now = freshByTarget.get(target);
    freshByTarget.delete(target);
    return now ? [now] : [];
  });
  items.push(...freshByTarget.values());
  return { items, total: known.total + items.length - known.items.length };
}

/** All deployments (of one component, or of all), kept up to date target by target. */
export function useDeployments(filter: Filter = {}) {
  const api = useApi(deliveryApiRef);
  const query = useLiveQuery({
    key: ['deployments', filter.componentRef, filter.owner],
    read: () => readAll(api, filter),
    pollMs: 60_000,
  });

  const refresh = async (signals: DeliverySignal[]) => {
    const relevant = signals.filter(
      one => !filter.componentRef || one.componentRef === filter.componentRef,
    );
    const targets = new Map(relevant.map(one => [targetOf(one), one]));
    if (targets.size === 0) return;
    if (targets.size > MOST_SINGLE_READS) {
      query.retry();
      return;
    }
    try {
      const answers = await Promise.all(
        [...targets.values()].map(({ componentRef, environmentRef }) =>
          api.listDeployments({ componentRef, environmentRef }),
        ),
      );
      await query.mutate(
        known =>
          known &&
          mergeDeployments(
            known,
            new Set(targets.keys()),
            answers.flatMap(answer => answer.items),
          ),
        { revalidate: false },
      );
    } catch {
      // Reading it all again shows the error, if it is one that lasts.
      query.retry();
    }
  };
  useDeliverySignal(signals => {
    refresh(signals);
  });
  return query;
}
