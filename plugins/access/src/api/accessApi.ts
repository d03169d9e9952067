import { createApiRef } from '@backstage/frontend-plugin-api';
import type { AccessClient } from '@slipway/backstage-plugin-access-common';

/**
 * What the pages need of the access API: the public methods of `AccessClient`.
 *
 * @public
 */
export type AccessApi = Pick<AccessClient, keyof AccessClient>;

/** @public */
export const accessApiRef = createApiRef<AccessApi>().with({
  id: 'plugin.access.service',
  pluginId: 'access',
});
