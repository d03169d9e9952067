import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef, type DeliveryApi } from '../../api/deliveryApi';
import { useLiveQuery } from '../../hooks/useLiveQuery';

const PAGE_SIZE = 200;
/** Per owner; whoever owns more looks at the matrix. */
const MOST_PAGES = 5;

async function readOwned(
  api: DeliveryApi,
  owner: string,
): Promise<Deployment[]> {
  const items: Deployment[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count++) {
    // Each page's cursor comes with the page before.
    // eslint-disable-next-line no-await-in-loop
    const answer = await api.listDeployments({
      owner,
      limit: PAGE_SIZE,
      cursor,
    });
    items.push(...answer.items);
    cursor = answer.page.nextCursor;
    if (!cursor) break;
  }
  return items;
}

/** What runs of the components that the signed-in person owns, by themselves or through a group. */
export function useMyDeployments() {
  const api = useApi(deliveryApiRef);
  const identityApi = useApi(identityApiRef);
  return useLiveQuery({
    key: ['my-deployments'],
    read: async () => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const owned = await Promise.all(
        ownershipEntityRefs.map(owner => readOwned(api, owner)),
      );
      return owned.flat();
    },
    // Whose component a signal is about is not in it.
    concerns: () => true,
    pollMs: 60_000,
  });
}
