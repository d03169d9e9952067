import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Contender } from './Contender';
import { atOnce, STEPS } from './Contender';

const CONNECTIONS = 10;
const quiet = () => undefined;

async function fourSteps(input: number): Promise<number> {
  let value = input;
  for (let index = 1; index <= STEPS; index++) {
    const before = value;
    value = await DBOS.runStep(async () => before + 1, {
      name: `step-${index}`,
    });
  }
  return value;
}

/** Registered once a process, launched on one database after the other. */
const workflow = DBOS.registerWorkflow(fourSteps);

/**
 * Called directly, which spares it the queue: so many callers, each awaiting its workflow. The call returns when the
 * result is in the database. Ten connections are its default.
 */
export const dbos: Contender = {
  name: '@dbos-inc/dbos-sdk',
  async open(location, concurrency) {
    if (location.database !== 'postgres') {
      throw new Error('DBOS runs on Postgres only');
    }
    DBOS.setConfig({
      name: 'bench',
      systemDatabaseUrl: location.url,
      systemDatabasePoolSize: CONNECTIONS,
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
    await DBOS.launch();
    return {
      complete: runs =>
        atOnce(runs, concurrency, async input => {
          await workflow(input);
        }),
      close: () => DBOS.shutdown(),
    };
  },
};
