import { ConflictError } from '@backstage/errors';
import type { WorkflowDefinition } from '@slipway/workflow-engine';
import type { Release } from '@slipway/backstage-plugin-delivery-common';

/** A release as it is stored: all but what depends on the caller. */
export type ReleaseDocument = Omit<Release, 'allowedActions'>;

/** @see releaseWorkflow */
export interface ReleaseCommand {
  type: 'create';
  release: ReleaseDocument;
}

/** @see releaseWorkflow */
export interface ReleaseEvent {
  type: 'release.created';
  release: ReleaseDocument;
}

/** The engine's name of releases. */
export const RELEASE_WORKFLOW = 'delivery.release';

/** A release has no work to do: it is there, and waits to be chosen. Its creation stands in the feed. */
export const releaseWorkflow: Pick<
  WorkflowDefinition<ReleaseDocument, ReleaseCommand, ReleaseEvent, never>,
  'type' | 'decide' | 'evolve'
> = {
  type: RELEASE_WORKFLOW,
  decide(state, command) {
    if (state || command.type !== 'create')
      throw new ConflictError('A release never changes');
    return {
      events: [{ type: 'release.created', release: command.release }],
      status: { kind: 'waiting', wait: 'release.available' },
    };
  },
  evolve(_, event) {
    return event.release;
  },
};
