import {
  createEngine,
  migrate,
  type EffectHandlers,
  type WorkflowDefinition,
} from '.';
import {
  ana,
  collectingLogger,
  eventually,
} from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';

// The worked example of README.md; keep the two alike.

type Command = { type: 'request'; image: string } | { type: 'approve' };
type Event =
  | { type: 'deploy.requested'; image: string }
  | { type: 'deploy.approved'; by: string }
  | { type: 'deploy.done'; url: string }
  | { type: 'deploy.failed'; reason: string };
type Effect = { kind: 'apply'; image: string };
interface State {
  image: string;
  approvedBy?: string;
  url?: string;
}

const HOUR = 3_600_000;

const deploy: WorkflowDefinition<State, Command, Event, Effect> = {
  type: 'example.deploy',
  decide(state, command, { now, actor }) {
    switch (command.type) {
      case 'request':
        return {
          events: [{ type: 'deploy.requested', image: command.image }],
          timers: [{ name: 'expiry', at: now + 24 * HOUR }],
          status: { kind: 'waiting', wait: 'approval' },
        };
      case 'approve':
        if (state!.approvedBy) {
          throw new Error('It is approved already');
        }
        return {
          events: [{ type: 'deploy.approved', by: actor.id }],
          effects: [
            {
              key: 'apply',
              effect: { kind: 'apply', image: state!.image },
              target: 'cluster-1',
            },
          ],
          timers: [{ name: 'expiry', at: null }],
          status: { kind: 'running' },
        };
      case 'effect.succeeded':
        return {
          events: [{ type: 'deploy.done', url: String(command.result) }],
          status: { kind: 'succeeded' },
        };
      case 'effect.failed':
        return {
          events: [{ type: 'deploy.failed', reason: command.error.message }],
          status: { kind: 'failed', detail: command.error.message },
        };
      case 'timer.fired':
        return {
          events: [
            {
              type: 'deploy.failed',
              reason: 'Nobody approved it within a day',
            },
          ],
          status: { kind: 'failed' },
        };
      default:
        throw new Error('Unknown command');
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'deploy.requested':
        return { image: event.image };
      case 'deploy.approved':
        return { ...state!, approvedBy: event.by };
      case 'deploy.done':
        return { ...state!, url: event.url };
      default:
        return state!;
    }
  },
  async project(tx, { run }) {
    await tx('deployments')
      .insert({ id: run.id, status: run.status, url: run.state.url })
      .onConflict('id')
      .merge();
  },
};

describeDatabases('The example of the README', kind => {
  it('waits for an approval, applies, and ends', async () => {
    const database = await kind.create();
    const { knex } = database;
    const logger = collectingLogger();
    await knex.schema.createTable('deployments', table => {
      table.string('id').primary();
      table.string('status');
      table.string('url');
    });
    const cluster = new Map<string, string>();

    await migrate(knex);
    const handlers: EffectHandlers<Effect> = {
      async apply(effect, { key, runId, signal }) {
        signal.throwIfAborted();
        const stamp = `${runId}/${key}`;
        if (cluster.get(stamp) !== effect.image) {
          cluster.set(stamp, effect.image);
          return { kind: 'again', afterMs: 20 };
        }
        return { kind: 'done', result: `https://${effect.image}.example.com` };
      },
    };
    const engine = await createEngine({
      knex,
      workflows: [deploy],
      handlers,
      logger,
    });
    await engine.start();
    const { run } = await engine.startRun<Command>({
      type: deploy.type,
      command: { type: 'request', image: 'shop-1.2.3' },
      actor: { type: 'service', id: 'plugin:scaffolder' },
      idempotencyKey: 'task-42',
    });
    expect(run).toMatchObject({ status: 'waiting', wait: 'approval' });
    await engine.submit<Command>({
      runId: run.id,
      command: { type: 'approve' },
      actor: ana,
    });
    await eventually(async () =>
      expect(await engine.read<State>(run.id)).toMatchObject({
        status: 'succeeded',
        state: {
          url: 'https://shop-1.2.3.example.com',
          approvedBy: 'user:default/ana',
        },
      }),
    );
    await eventually(async () => {
      const { events } = await engine.feed({ types: ['deploy.done'] });
      expect(events).toHaveLength(1);
    });
    expect(await knex('deployments')).toEqual([
      {
        id: run.id,
        status: 'succeeded',
        url: 'https://shop-1.2.3.example.com',
      },
    ]);
    await engine.stop();
    await database.destroy();
  });
});
