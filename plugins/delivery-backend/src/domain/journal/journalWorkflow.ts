import { ConflictError, InputError } from '@backstage/errors';
import type { WorkflowDefinition } from '@slipway/workflow-engine';
import type { Hold } from '@slipway/backstage-plugin-delivery-common';

/** What people did that is no part of any run's course. `about` is the identifier of the hold, delegation or rollout. */
export type JournalEntry = { about: string } & (
  | ({ type: 'hold.placed' } & HeldTarget & Pick<Hold, 'cause' | 'reason'>)
  | ({ type: 'hold.released'; reason: string } & HeldTarget)
  | {
      type: 'delegation.begun';
      from: string;
      to: string;
      /** ISO 8601 in UTC. It is over then without another entry. */
      until: string;
      reason?: string;
    }
  | { type: 'delegation.ended'; from: string; to: string }
  | {
      type: 'breakglass.reviewed';
      /** Of the rollout. */
      componentRef: string;
      environmentRef: string;
      brokenBy: string;
      comment: string;
    }
);

type HeldTarget = Pick<Hold, 'componentRef' | 'environmentRef'>;

/** @see journalWorkflow */
export interface JournalCommand {
  type: 'write';
  entry: JournalEntry;
}

/** The engine's name of entries. */
export const JOURNAL_WORKFLOW = 'delivery.journal';

/**
 * One entry a run, which ends as it begins: the feed tells what people did beside the runs too, in the same order and
 * the same transaction.
 */
export const journalWorkflow: WorkflowDefinition<
  Pick<JournalEntry, 'about'>,
  JournalCommand,
  JournalEntry,
  never
> = {
  type: JOURNAL_WORKFLOW,
  decide(state, command) {
    if (state) throw new ConflictError('An entry never changes');
    if (command.type !== 'write')
      throw new InputError(`An entry begins with 'write'`);
    return { events: [command.entry], status: { kind: 'succeeded' } };
  },
  evolve(_, { about }) {
    return { about };
  },
};
