import type { V1ObjectMeta } from '@kubernetes/client-node';

/** By this name Kubernetes knows what scaling writes. */
export const fieldManager = 'slipway-scaling';

// They write what stands in Git again, whether by server-side apply or not.
const reconcilers = new Set([
  'argocd-controller',
  'helm-controller',
  'kustomize-controller',
]);

/**
 * Who declares a field of `spec`, and would write it again: whoever applied it server-side, or a controller that is known
 * to keep to what stands in Git. Nobody where it was only written.
 */
export function declaredBy(
  { managedFields = [] }: V1ObjectMeta,
  field: string,
): string | undefined {
  return managedFields.find(({ fieldsV1, manager, operation }) => {
    const { 'f:spec': spec } = (fieldsV1 ?? {}) as {
      'f:spec'?: Record<string, unknown>;
    };
    return (
      manager !== fieldManager &&
      (operation === 'Apply' || reconcilers.has(manager ?? '')) &&
      spec?.[`f:${field}`] !== undefined
    );
  })?.manager;
}
