import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import type { ChangeTarget } from '../domain/change/state';

/** What a change keeps of its target. */
export function changeTarget(target: ScalingTarget): ChangeTarget {
  return {
    id: target.id,
    componentRef: target.componentRef,
    componentTitle: target.componentTitle,
    environmentRef: target.environmentRef,
    environmentName: target.environmentName,
    tier: target.tier,
    workload: target.workload,
  };
}

/** Throws `FieldError` for one that says nothing. */
export function reasonOf(reason: string): string {
  const said = reason.trim();
  if (!said)
    throw new FieldError([{ pointer: '/reason', detail: 'is needed' }]);
  return said;
}
