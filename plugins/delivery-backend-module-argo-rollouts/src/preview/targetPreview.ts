import type {
  DeliveryPreview,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import {
  previewedObject,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type Rollout, rollouts } from '../objects/rollout';
import type { RolloutObjects } from '../objects/RolloutObjects';
import { serviceObject } from '../objects/serviceObject';
import { rolloutAtRest, type Work } from '../plan/nextAction';
import { templateRelease } from '../plan/Snapshot';

/**
 * What would be different when a release has been rolled out and is at rest: what a rollout writes, tried by the API server
 * without storing anything. How many copies there are is no part of it, nor how a Rollout of Slipway's own goes.
 */
export async function targetPreview({
  objects,
  release,
  work,
}: {
  objects: RolloutObjects;
  release: DesiredRelease;
  work: Omit<Work, 'desired'>;
}): Promise<DeliveryPreview> {
  const { identity, namespace, snapshot } = work;
  const { isFollowed, rollout, service } = snapshot;
  const wanted = rolloutAtRest(work, release);
  const isThere =
    rollout && templateRelease(rollout) === releaseKey(release.releaseId);
  const ofRollout = isThere
    ? undefined
    : await previewedObject(
        {
          apiVersion: `${rollouts.group}/${rollouts.version}`,
          kind: 'Rollout',
          name: wanted.metadata?.name ?? '',
        },
        rollout,
        objects.applyRollout(
          rollout && !isFollowed ? withStrategyOf(wanted, rollout) : wanted,
          { idempotencyKey: '', dryRun: true },
        ),
      );
  const ofService = isFollowed
    ? undefined
    : await previewedObject(
        { apiVersion: 'v1', kind: 'Service', name: identity.name },
        service,
        objects.applyService(
          serviceObject({ identity, name: identity.name, namespace }),
          { dryRun: true },
        ),
      );
  return {
    objects: [ofRollout, ofService].flatMap(object => object ?? []),
    ...(ofRollout?.before !== undefined &&
      ofRollout.before === ofRollout.after && {
        note: `All copies of ${ofRollout.name} are replaced, since they are to be of another release`,
      }),
  };
}

function withStrategyOf(wanted: Rollout, { spec }: Rollout): Rollout {
  return { ...wanted, spec: { ...wanted.spec!, strategy: spec?.strategy } };
}
