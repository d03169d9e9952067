import type { JsonObject } from '@backstage/types';
import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';
import type { RecordedEvent } from '@slipway/workflow-engine';
import { describe } from '../domain/rollout/describe';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type { PlannedStep } from '../domain/rollout/state';

/** An event as a timeline shows it. */
export function rolloutEventView(
  event: RecordedEvent<RolloutDomainEvent>,
  plan: PlannedStep[],
): RolloutEvent {
  return {
    id: event.id,
    version: event.version,
    type: event.type,
    at: event.at,
    actor: event.actor.id,
    summary: describe(event.data, plan),
    data: publicData(event.data),
  };
}

/**
 * What of an event leaves the plugin: everything but the values of a release's environment variables, which people
 * put things into that they would not print on a page.
 */
export function publicData(data: { type: string }): JsonObject {
  const { type: _type, ...rest } = data;
  return JSON.parse(
    JSON.stringify(rest, (key, value) =>
      key === 'environmentVariables' ||
      key === 'environmentValues' ||
      key === 'values'
        ? undefined
        : value,
    ),
  );
}
