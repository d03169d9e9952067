import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useLiveQuery } from './useLiveQuery';

/** The signed-in person's entity reference. */
export function useMe(): string | undefined {
  const identityApi = useApi(identityApiRef);
  return useLiveQuery({
    key: ['me'],
    read: async () => (await identityApi.getBackstageIdentity()).userEntityRef,
    pollMs: 0,
  }).data;
}
