import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { TargetIdentity } from '@slipway/backstage-plugin-kubernetes-node';

/** One Service that a rule of an HTTPRoute sends requests to. */
interface BackendRef {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  /** In proportion to the other ones of the rule; 1 when left out. */
  weight?: number;
}

interface Rule {
  backendRefs?: BackendRef[];
}

interface RouteCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  observedGeneration?: number;
}

/** What we need to know of an `HTTPRoute` of the Gateway API, version `v1`. */
export interface HttpRoute {
  metadata?: V1ObjectMeta;
  spec?: { rules?: Rule[] };
  status?: {
    parents?: Array<{
      controllerName: string;
      parentRef: { kind?: string; name: string };
      conditions?: RouteCondition[];
    }>;
  };
}

type ServiceNames = Pick<TargetIdentity, 'name' | 'previewName'>;

/** Whether it sends requests to the Service of a target. */
export function routesTo(route: HttpRoute, names: ServiceNames): boolean {
  return ownRules(route, names).length > 0;
}

/** Whether a rule shares requests out to others as well, whose part we could not tell from ours. */
export function isMixed(route: HttpRoute, names: ServiceNames): boolean {
  return ownRules(route, names).some(
    ({ backendRefs = [] }) =>
      backendRefs.some(
        ref => !refersTo(ref, names.name) && !refersTo(ref, names.previewName),
      ) || backendRefs.filter(ref => refersTo(ref, names.name)).length > 1,
  );
}

/** Percent of requests that go to the preview Service: the most of any rule, where somebody has made them differ. */
export function previewWeight(route: HttpRoute, names: ServiceNames): number {
  const shares = ownRules(route, names).map(({ backendRefs = [] }) => {
    const sum = (refs: BackendRef[]) =>
      refs.reduce((total, { weight = 1 }) => total + weight, 0);
    const all = sum(backendRefs);
    const preview = sum(
      backendRefs.filter(ref => refersTo(ref, names.previewName)),
    );
    return all === 0 ? 0 : Math.round((preview / all) * 100);
  });
  return Math.max(0, ...shares);
}

/** Whether each rule sends just so much to the preview Service, and none names it for nothing. */
export function hasPreviewWeight(
  route: HttpRoute,
  names: ServiceNames,
  weight: number,
): boolean {
  return ownRules(route, names).every(({ backendRefs = [] }) => {
    const preview = backendRefs.find(ref => refersTo(ref, names.previewName));
    if (weight === 0) return preview === undefined;
    const stable = backendRefs.find(ref => refersTo(ref, names.name));
    return preview?.weight === weight && stable?.weight === 100 - weight;
  });
}

/**
 * The rules with so many percent for the preview Service. It gets the port and the filters of the stable one; with 0 it
 * is not named at all, as before there was one.
 */
export function withPreviewWeight(
  route: HttpRoute,
  names: ServiceNames,
  weight: number,
): HttpRoute {
  return {
    ...route,
    spec: {
      ...route.spec,
      rules: route.spec?.rules?.map(rule => {
        const stable = rule.backendRefs?.find(ref => refersTo(ref, names.name));
        const named = rule.backendRefs?.some(ref =>
          refersTo(ref, names.previewName),
        );
        if (!stable || (weight === 0 && !named)) return rule;
        return {
          ...rule,
          backendRefs:
            weight === 0
              ? [{ ...stable, weight: 1 }]
              : [
                  { ...stable, weight: 100 - weight },
                  { ...stable, name: names.previewName, weight },
                ],
        };
      }),
    },
  };
}

function ownRules(route: HttpRoute, { name }: ServiceNames): Rule[] {
  return (route.spec?.rules ?? []).filter(({ backendRefs = [] }) =>
    backendRefs.some(ref => refersTo(ref, name)),
  );
}

// A Service of another namespace is another one, whatever its name.
function refersTo(
  { group = '', kind = 'Service', name, namespace }: BackendRef,
  service: string,
): boolean {
  return (
    group === '' &&
    kind === 'Service' &&
    name === service &&
    namespace === undefined
  );
}
