import { InputError } from '@backstage/errors';
import {
  nameOf,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { isAccepted, routeProblem } from '../observe/routeStatus';
import { type HttpRoute, isMixed, routesTo } from './httpRoute';
import type { TargetSettings } from './targetSettings';

const instead = 'or use the strategy blueGreen or rolling';

/**
 * The HTTPRoute whose weights a canary sets: the one that the environment names, else the only one of the namespace that
 * sends requests to the component's Service. Throws `InputError` when there is no such one, or more, or when weights in it
 * would share out more than the component's requests.
 */
export function chooseHttpRoute(
  /** Of the namespace; `undefined` when the cluster has no such kind. */
  routes: HttpRoute[] | undefined,
  identity: TargetIdentity,
  settings: TargetSettings,
): HttpRoute {
  if (!routes)
    throw new InputError(
      `A canary needs an HTTPRoute to share traffic out by weight, and cluster '${settings.cluster}' does not serve gateway.networking.k8s.io/v1; install the Gateway API and a controller for it, ${instead}`,
    );
  const route = settings.httpRoute
    ? namedRoute(routes, identity, {
        ...settings,
        httpRoute: settings.httpRoute,
      })
    : onlyRoute(routes, identity, settings);
  if (isMixed(route, identity))
    throw new InputError(
      `HTTPRoute ${nameOf(route)} has a rule that shares requests out between Service ${identity.name} and others; a canary needs rules in which it is the only one, ${instead}`,
    );
  return route;
}

function namedRoute(
  routes: HttpRoute[],
  identity: TargetIdentity,
  { cluster, httpRoute, namespace }: TargetSettings & { httpRoute: string },
): HttpRoute {
  const named = routes.find(route => nameOf(route) === httpRoute);
  if (!named)
    throw new InputError(
      `spec.target.httpRoute: there is no HTTPRoute '${httpRoute}' in namespace '${namespace}' of cluster '${cluster}'; create it with a rule whose backendRefs name Service ${identity.name}, ${instead}`,
    );
  if (!routesTo(named, identity))
    throw new InputError(
      `spec.target.httpRoute: no rule of HTTPRoute '${httpRoute}' has Service ${identity.name} among its backendRefs; add one, ${instead}`,
    );
  return named;
}

function onlyRoute(
  routes: HttpRoute[],
  identity: TargetIdentity,
  { cluster, namespace }: TargetSettings,
): HttpRoute {
  const [route, ...others] = routes.filter(one => routesTo(one, identity));
  if (others.length)
    throw new InputError(
      `${[route, ...others].map(nameOf).sort().join(' and ')} are HTTPRoutes that send requests to Service ${identity.name}, and a canary sets weights in one only; name it as spec.target.httpRoute of the environment, ${instead}`,
    );
  if (!route)
    throw new InputError(
      `A canary needs an HTTPRoute to share traffic out by weight, and in namespace '${namespace}' of cluster '${cluster}' none has Service ${identity.name} among its backendRefs; create one, ${instead}`,
    );
  return route;
}

/** Throws `InputError` when no gateway would send traffic by the weights in it. */
export function mustBeAccepted(route: HttpRoute): void {
  if (!isAccepted(route))
    throw new InputError(
      `Nobody follows the weights of HTTPRoute ${nameOf(route)}: ${routeProblem(route)}. Look at its parentRefs, and whether a controller of the Gateway API runs, ${instead}`,
    );
}
