import type { V1Service } from '@kubernetes/client-node';
import {
  annotations,
  labels,
  objectAnnotations,
  objectLabels,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { DesiredRecord } from './desiredRecord';

/** Which pods a Service sends requests to: of all releases, of none, or of the release with this key. */
export type Route = 'all' | 'none' | { release: string };

// No release has it: keys are hexadecimal.
const nobody = 'none';

export function serviceObject(options: {
  identity: TargetIdentity;
  name: string;
  namespace: string;
  route: Route;
  /** Of the main Service only. */
  record?: DesiredRecord;
  /** Of what the plan was made from; absent for one that is not there yet. */
  resourceVersion?: string;
}): V1Service {
  const { identity, record, route } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: options.name,
      namespace: options.namespace,
      ...(options.resourceVersion && {
        resourceVersion: options.resourceVersion,
      }),
      labels: objectLabels(identity),
      annotations: {
        ...objectAnnotations(identity),
        ...(record && { [annotations.desired]: JSON.stringify(record) }),
      },
    },
    spec: {
      selector: {
        [labels.target]: identity.id,
        ...(route !== 'all' && {
          [labels.release]: route === 'none' ? nobody : route.release,
        }),
      },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

/** Where a Service of ours sends requests now. */
export function routeOf(service: V1Service): Route {
  const release = service.spec?.selector?.[labels.release];
  if (release === undefined) return 'all';
  return release === nobody ? 'none' : { release };
}

export function sameRoute(one: Route, other: Route): boolean {
  return typeof one === 'object' && typeof other === 'object'
    ? one.release === other.release
    : one === other;
}
