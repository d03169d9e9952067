import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ScalingClient } from '@slipway/backstage-plugin-scaling-common';

/**
 * What the pages need of the scaling API: the public methods of `ScalingClient`.
 *
 * @public
 */
export type ScalingApi = Pick<ScalingClient, keyof ScalingClient>;

/** @public */
export const scalingApiRef = createApiRef<ScalingApi>().with({
  id: 'plugin.scaling.service',
  pluginId: 'scaling',
});
