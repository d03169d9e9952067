import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import {
  ownDeploymentName,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type Route, routeOf } from '../objects/serviceObject';
import { deploymentNamed, type Snapshot, templateRelease } from './Snapshot';

/** Where a release is when its rollout has ended, to which `planChange` leads step by step. */
export function restingPlace(options: {
  identity: TargetIdentity;
  releaseId: string;
  snapshot: Snapshot;
  strategy: keyof Strategy;
  autoscaler: (deployment: string) => string | undefined;
}): { deployment: string; route: Route } {
  const { autoscaler, identity, releaseId, snapshot, strategy } = options;
  const { deployments, service } = snapshot;
  const key = releaseKey(releaseId);
  const own = ownDeploymentName(identity, releaseId);
  const home = deploymentNamed(snapshot, identity.name);
  const isThere = home !== undefined && templateRelease(home) === key;
  const isHome =
    strategy === 'rolling' ||
    autoscaler(identity.name) !== undefined ||
    (!deploymentNamed(snapshot, own) && (isThere || deployments.length === 0));
  const isSwitched = service && typeof routeOf(service) === 'object';
  return {
    deployment: isHome ? identity.name : own,
    route:
      strategy === 'rolling' ||
      (!isSwitched && isHome && (isThere || !deployments.length))
        ? 'all'
        : { release: key },
  };
}
