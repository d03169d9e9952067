import { ConflictError } from '@backstage/errors';
import type { WorkflowDefinition } from '@slipway/workflow-engine';
import type {
  Release,
  ReleaseRejection,
} from '@slipway/backstage-plugin-delivery-common';

/** A release as it is stored: all but what depends on the caller. */
export type ReleaseDocument = Omit<Release, 'allowedActions'>;

/** @see releaseWorkflow */
export type ReleaseCommand =
  | { type: 'create'; release: ReleaseDocument }
  | { type: 'reject' | 'unreject'; by: string; reason: string };

/** @see releaseWorkflow */
export type ReleaseEvent =
  | { type: 'release.created'; release: ReleaseDocument }
  | ({ type: 'release.rejected' } & ReleaseRejection)
  | { type: 'release.unrejected'; by: string; reason: string };

/** The engine's name of releases. */
export const RELEASE_WORKFLOW = 'delivery.release';

/**
 * A release has no work to do: it is there, and waits to be chosen. Its content never changes; what people say of it
 * does, and stands in the feed.
 */
export const releaseWorkflow: Pick<
  WorkflowDefinition<ReleaseDocument, ReleaseCommand, ReleaseEvent, never>,
  'type' | 'decide' | 'evolve'
> = {
  type: RELEASE_WORKFLOW,
  decide(state, command, { now }) {
    return {
      events: [eventOf(state, command as ReleaseCommand, now)],
      status: { kind: 'waiting', wait: 'release.available' },
    };
  },
  evolve(state, event) {
    if (event.type === 'release.created') return event.release;
    if (!state) throw new TypeError(`${event.type} before release.created`);
    const { rejection: _rejection, ...release } = state;
    if (event.type === 'release.unrejected') return release;
    const { by, at, reason } = event;
    return { ...release, rejection: { by, at, reason } };
  },
};

function eventOf(
  state: ReleaseDocument | undefined,
  command: ReleaseCommand,
  now: number,
): ReleaseEvent {
  if (command.type === 'create') {
    if (state) throw new ConflictError('A release never changes');
    return { type: 'release.created', release: command.release };
  }
  if (!state) throw new TypeError(`A release begins with 'create'`);
  const { by, reason } = command;
  if (command.type === 'unreject') {
    if (!state.rejection)
      throw new ConflictError('The release is not rejected');
    return { type: 'release.unrejected', by, reason };
  }
  if (state.rejection)
    throw new ConflictError(
      `The release was rejected already by ${state.rejection.by}: ${state.rejection.reason}`,
    );
  return {
    type: 'release.rejected',
    by,
    at: new Date(now).toISOString(),
    reason,
  };
}
