import type { Knex } from 'knex';
import type { Engine, EngineOptions } from '../api/engine';
import { createEngine } from '../createEngine';
import { migrate } from '../migrate';
import { collectingLogger, scripted } from './scriptedWorkflow';
import type { TestDatabase, TestDatabaseKind } from './testDatabases';

/** One database for a test file, emptied after each test, and engines that are stopped after it. */
export function useTestEngines(kind: TestDatabaseKind) {
  const engines: Engine[] = [];
  let database: TestDatabase;
  const logger = collectingLogger();

  beforeAll(async () => {
    database = await kind.create();
    await migrate(database.knex);
  });

  afterEach(async () => {
    await Promise.all(
      engines.splice(0).map(engine => engine.stop({ drainMs: 0 })),
    );
    logger.lines.length = 0;
    for (const table of [
      'runs',
      'events',
      'effects',
      'targets',
      'idempotency',
    ]) {
      await database.knex(`engine_${table}`).delete();
    }
  });

  afterAll(async () => {
    await database.destroy();
  });

  return {
    logger,
    get knex(): Knex {
      return database.knex;
    },
    connect: () => database.connect(),
    /** Not started. Polls often; the handlers succeed at once unless others are given. */
    async engine(options: Partial<EngineOptions> = {}): Promise<Engine> {
      const engine = await createEngine({
        knex: database.knex,
        workflows: [scripted],
        logger,
        pollMs: 20,
        ...options,
        handlers: {
          call: async () => ({ kind: 'done' }),
          other: async () => ({ kind: 'done' }),
          ...options.handlers,
        },
      });
      engines.push(engine);
      return engine;
    },
    async started(options: Partial<EngineOptions> = {}): Promise<Engine> {
      const engine = await this.engine(options);
      await engine.start();
      return engine;
    },
  };
}
