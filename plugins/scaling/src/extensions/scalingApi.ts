import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { scalingApiRef } from '../api/scalingApi';

/** `api:scaling`: the client behind all pages. */
export const scalingApi = ApiBlueprint.make({
  params: define =>
    define({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new ScalingClient(apis),
    }),
});
