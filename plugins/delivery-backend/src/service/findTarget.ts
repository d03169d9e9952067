import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';

/** A component in an environment, as the catalog has both. */
export interface FoundTarget {
  component: ComponentFacts;
  environment: EnvironmentFacts;
}

/** The component and the environment of a request, as the caller sees them. Throws `FieldError` for what is not there. */
export async function findTarget(
  catalog: CatalogReader,
  refs: { componentRef: string; environmentRef: string },
  credentials: BackstageCredentials,
): Promise<FoundTarget> {
  const componentRef = canonicalRef(refs.componentRef);
  const environmentRef = canonicalRef(refs.environmentRef);
  const { component, environment } = await catalog.target(
    { componentRef, environmentRef },
    credentials,
  );
  if (component && environment) return { component, environment };
  throw new FieldError([
    ...(component ? [] : [missing('component', componentRef)]),
    ...(environment ? [] : [missing('environment', environmentRef)]),
  ]);
}

function missing(kind: 'component' | 'environment', ref: string) {
  return {
    pointer: `/${kind}Ref`,
    detail: `there is no ${kind} ${ref} in the catalog`,
  };
}
