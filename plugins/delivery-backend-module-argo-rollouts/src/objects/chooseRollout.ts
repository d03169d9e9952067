import { ConflictError, InputError } from '@backstage/errors';
import {
  annotations,
  labels,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { Rollout } from './rollout';
import type { TargetSettings } from './targetSettings';

/** The Rollout of a target, and whose it is. */
export interface ChosenRollout {
  rollout: Rollout;
  /** Whether somebody else has made it, and Slipway only follows and drives it. */
  isFollowed: boolean;
}

/**
 * The target's Rollout among those of the namespace: the one that the environment names, else the one that says in an
 * annotation whose it is, else our own. `undefined` where there is none yet. Throws `InputError` and `ConflictError`.
 */
export function chooseRollout(
  all: Rollout[],
  identity: TargetIdentity,
  { namespace, rollout: wanted }: TargetSettings,
): ChosenRollout | undefined {
  const named = (name: string) =>
    all.find(({ metadata }) => metadata?.name === name);
  if (wanted) {
    const rollout = named(wanted);
    if (!rollout)
      throw new InputError(
        `spec.target.rollout: there is no Rollout ${wanted} in namespace ${namespace}; create it, or leave spec.target.rollout out to let Slipway make one`,
      );
    mustNotBeOfAnother(rollout, identity, namespace);
    return chosen(rollout);
  }
  const ours = all.filter(
    ({ metadata }) =>
      metadata?.annotations?.[annotations.component] ===
        identity.componentRef &&
      [undefined, identity.id].includes(metadata.labels?.[labels.target]),
  );
  if (ours.length > 1)
    throw new InputError(
      `Several Rollouts in namespace ${namespace} say by ${annotations.component} that they are of ${identity.componentRef} (${ours.map(({ metadata }) => metadata?.name).join(', ')}); name the one that is meant as spec.target.rollout of the environment`,
    );
  if (ours.length === 1) return chosen(ours[0]);
  const taken = named(identity.name);
  if (!taken) return undefined;
  mustNotBeOfAnother(taken, identity, namespace);
  throw new ConflictError(
    `Rollout ${identity.name} in namespace ${namespace} was not made by Slipway and is left as it is. To let Slipway drive it, give it the annotation ${annotations.component}: ${identity.componentRef}, or name it as spec.target.rollout of the environment`,
  );
}

function chosen(rollout: Rollout): ChosenRollout {
  return {
    rollout,
    isFollowed: rollout.metadata?.labels?.[labels.managedBy] !== 'slipway',
  };
}

function mustNotBeOfAnother(
  { metadata }: Rollout,
  identity: TargetIdentity,
  namespace: string,
): void {
  const target = metadata?.labels?.[labels.target];
  if (target === undefined || target === identity.id) return;
  throw new ConflictError(
    `Rollout ${metadata?.name} in namespace ${namespace} is of another component or environment (${metadata?.annotations?.[annotations.component] ?? 'unknown'} in ${metadata?.annotations?.[annotations.environment] ?? 'unknown'}); give each environment a namespace of its own`,
  );
}

/**
 * What of a Rollout that somebody else has made keeps Slipway from driving it is an `InputError`. Answers the name of the
 * container that a release is.
 */
export function followedContainer(
  { metadata, spec }: Rollout,
  { container: wanted }: TargetSettings,
): string {
  const name = metadata?.name;
  if (spec?.workloadRef)
    throw new InputError(
      `Rollout ${name} takes its pods from ${spec.workloadRef.kind} ${spec.workloadRef.name} (spec.workloadRef), where Slipway would set no image; move the pod template into the Rollout`,
    );
  const names = (spec?.template?.spec?.containers ?? []).map(
    container => container.name,
  );
  if (wanted && names.includes(wanted)) return wanted;
  if (wanted)
    throw new InputError(
      `spec.target.container: Rollout ${name} has no container ${wanted}; it has ${names.join(', ') || 'none'}`,
    );
  if (names.length === 1) return names[0];
  throw new InputError(
    names.length
      ? `Rollout ${name} has ${names.length} containers (${names.join(', ')}); name the one that releases are as spec.target.container of the environment`
      : `Rollout ${name} has no container; give its pod template one, its image may be left out`,
  );
}
