import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { createHash } from 'node:crypto';

/** On what Slipway makes of a target. @public */
export const labels = {
  name: 'app.kubernetes.io/name',
  managedBy: 'app.kubernetes.io/managed-by',
  /** By which the portal's Kubernetes tab finds an entity's objects. */
  entity: 'backstage.io/kubernetes-id',
  /** One component in one environment. */
  target: 'slipway.dev/target',
  /** Which Deployment a pod is of. */
  deployment: 'slipway.dev/deployment',
  release: 'slipway.dev/release',
  /** Of a Job and its pod: the target before whose rollout it is run. They are no copies of the software. */
  hookOf: 'slipway.dev/hook-of',
  /** The same of one that is run when a release has all traffic. */
  postHookOf: 'slipway.dev/post-hook-of',
};

/** On what Slipway makes of a target. @public */
export const annotations = {
  component: 'slipway.dev/component',
  environment: 'slipway.dev/environment',
  releaseId: 'slipway.dev/release-id',
  version: 'slipway.dev/version',
  generation: 'slipway.dev/generation',
  idempotencyKey: 'slipway.dev/idempotency-key',
  /** What is desired; each runtime has its own words there, all have a `generation`. */
  desired: 'slipway.dev/desired',
  /** A digest of all that was written, where only Slipway tells whether it has been. */
  applied: 'slipway.dev/applied',
};

/** How one component in one environment is called in its namespace. @public */
export interface TargetIdentity {
  /** Of the Service, and of what rolling updates and autoscalers work on. */
  name: string;
  previewName: string;
  /** Value of the label `slipway.dev/target`. */
  id: string;
  componentRef: string;
  environmentRef: string;
  componentName: string;
}

// Room for what is added: a release's key, or '-preview', and Kubernetes' own endings of pods' names, in 63 characters.
const maxName = 36;

/** @public */
export function identityOf(target: {
  componentRef: string;
  environmentRef: string;
}): TargetIdentity {
  const { componentRef, environmentRef } = target;
  const { name: componentName, namespace } = parseEntityRef(componentRef);
  const full =
    namespace === DEFAULT_NAMESPACE
      ? componentName
      : `${namespace}-${componentName}`;
  const name = kubernetesName(full);
  return {
    name,
    previewName: `${name}-preview`,
    id: hash(`${componentRef}@${environmentRef}`, 16),
    componentRef,
    environmentRef,
    componentName,
  };
}

/** Value of the label `slipway.dev/release`. @public */
export function releaseKey(releaseId: string): string {
  return hash(releaseId, 10);
}

/** The Deployment of one release, where releases run beside each other. @public */
export function ownDeploymentName(
  identity: TargetIdentity,
  releaseId: string,
): string {
  return `${identity.name}-${releaseKey(releaseId)}`;
}

/** What each of the target's objects carries. @public */
export function objectLabels(identity: TargetIdentity): Record<string, string> {
  return {
    [labels.name]: identity.componentName,
    [labels.managedBy]: 'slipway',
    [labels.entity]: identity.componentName,
    [labels.target]: identity.id,
  };
}

/** What each of the target's objects carries. @public */
export function objectAnnotations(
  identity: TargetIdentity,
): Record<string, string> {
  return {
    [annotations.component]: identity.componentRef,
    [annotations.environment]: identity.environmentRef,
  };
}

// A Service wants an RFC 1035 label. Names that had to be bent get a hash, so that no two become one.
function kubernetesName(text: string): string {
  const bent = text
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');
  if (bent === text && bent.length <= maxName) return bent;
  const start = (bent || 'component').slice(0, maxName - 7).replace(/-+$/, '');
  return `${start}-${hash(text, 6)}`;
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
