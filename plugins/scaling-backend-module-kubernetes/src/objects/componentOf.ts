import type { V1ObjectMeta } from '@kubernetes/client-node';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Place } from '@slipway/backstage-plugin-kubernetes-node';
import type { ScalingComponent } from '@slipway/backstage-plugin-scaling-node';

// Of the Backstage Kubernetes plugin: as a label on objects, as an annotation on components.
const entityId = 'backstage.io/kubernetes-id';
const labelSelector = 'backstage.io/kubernetes-label-selector';
const namespaceAnnotation = 'backstage.io/kubernetes-namespace';
const clusterAnnotation = 'backstage.io/kubernetes-cluster';
// What delivery's Kubernetes runtime writes on the objects it makes.
export const ownComponent = 'slipway.dev/component';
const ownEnvironment = 'slipway.dev/environment';

/**
 * Whose an object is: delivery's own mark decides; else the Kubernetes plugin's rules do. Nobody's where no component
 * claims it.
 */
export function componentOf(
  metadata: V1ObjectMeta,
  environmentRef: string,
  place: Place,
  components: ScalingComponent[],
): string | undefined {
  const marked = metadata.annotations?.[ownComponent];
  if (marked)
    return metadata.annotations?.[ownEnvironment] === environmentRef &&
      components.some(({ ref }) => ref === marked)
      ? marked
      : undefined;
  const labels = metadata.labels ?? {};
  return components.find(({ ref, annotations }) => {
    const { [namespaceAnnotation]: namespace, [clusterAnnotation]: cluster } =
      annotations;
    if (namespace && namespace !== place.namespace) return false;
    if (cluster && cluster !== place.cluster) return false;
    const selector = annotations[labelSelector];
    if (selector) return isSelected(labels, selector);
    const id = annotations[entityId] ?? parseEntityRef(ref).name;
    return labels[entityId] === id;
  })?.ref;
}

/** Equality-based selectors, as the annotation has them: `app=shop,tier!=cache`. */
function isSelected(labels: Record<string, string>, selector: string): boolean {
  return selector.split(',').every(part => {
    const [, key, operator, value] =
      /^\s*([^!=\s]+)\s*(!=|==?)\s*(\S*)\s*$/.exec(part) ?? [];
    if (!key) return false;
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  });
}
