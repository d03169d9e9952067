import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { AccessClient } from '@slipway/backstage-plugin-access-common';
import { accessApiRef } from '../api/accessApi';

/** `api:access`: the client behind all pages. */
export const accessApi = ApiBlueprint.make({
  params: define =>
    define({
      api: accessApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new AccessClient(apis),
    }),
});
