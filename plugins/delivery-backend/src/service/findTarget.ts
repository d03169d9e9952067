import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import { FieldError } from '../domain/FieldError';

/** The component and the environment of a request, as the caller sees them. Throws `FieldError` for what is not there. */
export async function findTarget(
  catalog: CatalogReader,
  refs: { componentRef: string; environmentRef: string },
  credentials: BackstageCredentials,
): Promise<{ component: ComponentFacts; environment: EnvironmentFacts }> {
  const [component, environment] = await Promise.all([
    catalog.component(canonicalRef(refs.componentRef), credentials),
    catalog.environment(canonicalRef(refs.environmentRef), credentials),
  ]);
  if (!component)
    throw new FieldError([
      {
        pointer: '/componentRef',
        detail: `there is no component ${refs.componentRef} in the catalog`,
      },
    ]);
  if (!environment)
    throw new FieldError([
      {
        pointer: '/environmentRef',
        detail: `there is no environment ${refs.environmentRef} in the catalog`,
      },
    ]);
  return { component, environment };
}
