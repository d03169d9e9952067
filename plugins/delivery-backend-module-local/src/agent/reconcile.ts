import type { AgentDesired, AgentVersion } from './protocol';

/** What the next step looks at of a copy. */
export interface InstanceFacts {
  version: { releaseId: string };
  ready: boolean;
  stopping: boolean;
}

/** What to do now. */
export interface Plan<I extends InstanceFacts> {
  start: AgentVersion[];
  stop: I[];
  /** Share of traffic by release. */
  weights: Map<string, number>;
}

/** The next step from what runs to what is desired. Pure; called again whenever something has changed. */
export function reconcile<I extends InstanceFacts>(
  desired: AgentDesired,
  instances: I[],
): Plan<I> {
  const active = instances.filter(({ stopping }) => !stopping);
  return desired.rolling && desired.versions.length === 1
    ? rolling(desired.versions[0], desired.rolling, active)
    : direct(desired, active);
}

function direct<I extends InstanceFacts>(
  desired: AgentDesired,
  active: I[],
): Plan<I> {
  const plan: Plan<I> = {
    start: [],
    stop: [],
    weights: new Map(
      desired.versions.map(({ releaseId, weight }) => [releaseId, weight]),
    ),
  };
  let complete = true;
  for (const version of desired.versions) {
    const own = active.filter(isOf(version.releaseId));
    for (let i = own.length; i < version.replicas; i++)
      plan.start.push(version);
    plan.stop.push(...surplus(own, version.replicas));
    if (own.filter(({ ready }) => ready).length < version.replicas)
      complete = false;
  }
  // What is no longer wanted goes last: until all that is wanted is ready, it can still serve.
  if (complete)
    plan.stop.push(
      ...active.filter(
        ({ version }) =>
          !desired.versions.some(
            ({ releaseId }) => releaseId === version.releaseId,
          ),
      ),
    );
  return plan;
}

function rolling<I extends InstanceFacts>(
  version: AgentVersion,
  { maxSurge, maxUnavailable }: { maxSurge: number; maxUnavailable: number },
  active: I[],
): Plan<I> {
  const own = active.filter(isOf(version.releaseId));
  const old = active.filter(item => !isOf(version.releaseId)(item));
  const ready = (items: I[]) => items.filter(item => item.ready).length;
  const plan: Plan<I> = {
    start: [],
    stop: surplus(own, version.replicas),
    weights: new Map(),
  };
  const room = version.replicas + maxSurge - active.length;
  const missing = version.replicas - own.length;
  for (let i = 0; i < Math.min(room, missing); i++) plan.start.push(version);

  let spare = ready(active) - (version.replicas - maxUnavailable);
  // Copies that are not ready serve nobody, so they go first.
  for (const item of [...old].sort(byReadiness)) {
    if (!item.ready) plan.stop.push(item);
    else if (spare > 0) {
      plan.stop.push(item);
      spare -= 1;
    }
  }
  // Every copy carries the same, whichever release it is of.
  const staying = active.filter(item => !plan.stop.includes(item));
  for (const item of staying.filter(({ ready: isReady }) => isReady)) {
    const { releaseId } = item.version;
    plan.weights.set(releaseId, (plan.weights.get(releaseId) ?? 0) + 1);
  }
  return plan;
}

function isOf(releaseId: string) {
  return (item: InstanceFacts) => item.version.releaseId === releaseId;
}

function surplus<I extends InstanceFacts>(own: I[], replicas: number): I[] {
  return own.length > replicas
    ? [...own].sort(byReadiness).slice(0, own.length - replicas)
    : [];
}

function byReadiness(a: InstanceFacts, b: InstanceFacts): number {
  return Number(a.ready) - Number(b.ready);
}
