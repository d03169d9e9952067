import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { actorOf, type Caller } from '@slipway/backstage-plugin-slipway-node';
import {
  JOURNAL_WORKFLOW,
  type JournalCommand,
  type JournalEntry,
} from '../domain/journal/journalWorkflow';

/** Has the feed tell what people did beside the runs. */
export class Journal {
  constructor(private readonly options: { engine: Engine }) {}

  /** In the transaction of what it tells of. */
  async write(
    tx: Knex.Transaction,
    entry: JournalEntry,
    caller: Caller,
  ): Promise<void> {
    await this.options.engine.startRun<JournalCommand>({
      type: JOURNAL_WORKFLOW,
      id: randomUUID(),
      command: { type: 'write', entry },
      actor: actorOf(caller),
      tx,
    });
  }
}
