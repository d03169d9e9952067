import { OpenWorkflow } from 'openworkflow';
import { BackendPostgres } from 'openworkflow/postgres';
import { BackendSqlite } from 'openworkflow/sqlite';
import type { Contender } from './Contender';
import { atOnce, STEPS } from './Contender';
import { untilCounted } from './untilCounted';

/**
 * As its documentation has it: one worker with so many places. Its polls (100 ms to 1 s when nothing was found) cannot
 * be set, so all runs are created while it works and it is never without. Its own Postgres pool has 10 connections.
 */
export const openworkflow: Contender = {
  name: 'openworkflow',
  async open(location, concurrency) {
    const backend =
      location.database === 'sqlite'
        ? BackendSqlite.connect(location.path)
        : await BackendPostgres.connect(location.url);
    let lastSteps = 0;
    const client = new OpenWorkflow({ backend });
    const workflow = client.defineWorkflow<{ input: number }, number>(
      { name: 'four-steps' },
      async ({ input, step }) => {
        let value = input.input;
        for (let index = 1; index <= STEPS; index++) {
          const before = value;
          value = await step.run(
            { name: `step-${index}` },
            async () => before + 1,
          );
        }
        lastSteps += 1;
        return value;
      },
    );
    const worker = client.newWorker({ concurrency });
    await worker.start();
    let expected = 0;
    return {
      async complete(runs) {
        expected += runs;
        await atOnce(runs, concurrency, async input => {
          await workflow.run({ input });
        });
        await untilCounted(
          expected,
          () => lastSteps,
          async () => (await backend.countWorkflowRuns()).completed,
        );
      },
      async close() {
        await worker.stop();
        await backend.stop();
      },
    };
  },
};
