import type { RecordedEvent, RunRecord } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import type { ChangeEvent } from '../domain/change/events';
import type { ChangeState } from '../domain/change/state';
import { changeView } from '../domain/change/view';
import { ChangeStore } from './ChangeStore';

/** Keeps `scaling_changes` in step with the runs of changes. */
export async function projectChange(
  tx: Knex.Transaction,
  {
    run,
  }: { run: RunRecord<ChangeState>; events: RecordedEvent<ChangeEvent>[] },
): Promise<void> {
  await ChangeStore.upsert(tx, { change: changeView(run), state: run.state });
}
