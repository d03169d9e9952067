import {
  createEngine,
  type EffectHandlers,
  migrate,
  type WorkflowDefinition,
} from '@slipway/workflow-engine';
import type { Knex } from 'knex';

const steps = 4;
const runs = 200;
const repeats = 5;

interface Effect {
  kind: 'benchStep';
}

const workflow: WorkflowDefinition<
  { done: number },
  { type: 'begin' },
  { type: 'begun' | 'stepped' },
  Effect
> = {
  type: 'bench.steps',
  decide(state, command) {
    if (command.type !== 'begin' && command.type !== 'effect.succeeded')
      throw new Error(`'${command.type}' is not expected`);
    const done = state ? state.done + 1 : 0;
    return {
      events: [{ type: state ? 'stepped' : 'begun' }],
      ...(done < steps
        ? { effects: [{ key: `step-${done}`, effect: { kind: 'benchStep' } }] }
        : { status: { kind: 'succeeded' } }),
    };
  },
  evolve: (state, event) => ({
    done: event.type === 'begun' ? 0 : (state?.done ?? 0) + 1,
  }),
};

const quiet = () => undefined;

/** How many steps of durable runs a second the engine claims, carries out and records. The median of some turns. */
export async function stepsPerSecond(knex: Knex): Promise<number> {
  await migrate(knex);
  let carriedOut = 0;
  const handlers: EffectHandlers<Effect> = {
    async benchStep() {
      carriedOut += 1;
      return { kind: 'done', result: null };
    },
  };
  const engine = await createEngine({
    knex,
    workflows: [workflow as WorkflowDefinition<unknown, never, never, never>],
    handlers,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    concurrency: 32,
  });
  await engine.start();
  try {
    const rates: number[] = [];
    // The first turn warms everything up.
    for (let repeat = 0; repeat <= repeats; repeat++) {
      carriedOut = 0;
      const started = performance.now();
      for (let index = 0; index < runs; index++)
        await engine.startRun({
          type: workflow.type,
          command: { type: 'begin' },
          actor: { type: 'service', id: 'bench' },
        });
      while (carriedOut < runs * steps)
        await new Promise(done => {
          setTimeout(done, 2);
        });
      if (repeat > 0)
        rates.push((runs * steps * 1000) / (performance.now() - started));
    }
    return Math.round(rates.sort((a, b) => a - b)[repeats >> 1]);
  } finally {
    await engine.stop();
  }
}
