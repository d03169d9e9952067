import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import {
  actorOf,
  type Caller,
  FieldError,
  jsonDigest,
} from '@slipway/backstage-plugin-slipway-node';
import { randomUUID } from 'node:crypto';
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

/** What is asked of delivery for a caller: the same for the same Idempotency-Key, and of whoever asks alone. */
export function deliveryKeyOf(caller: Caller): string {
  return caller.idempotencyKey
    ? jsonDigest([actorOf(caller).id, caller.idempotencyKey]).slice(7, 47)
    : randomUUID();
}
