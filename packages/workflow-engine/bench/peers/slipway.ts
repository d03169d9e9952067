import type { EffectHandlers, WorkflowDefinition } from '../../src';
import { createEngine, migrate } from '../../src';
import type { Location } from '../databases';
import { connect } from '../databases';
import type { Contender, Session } from './Contender';
import { atOnce, STEPS } from './Contender';
import { untilCounted } from './untilCounted';

type Command = { type: 'begin'; input: number };
type Event =
  | { type: 'begun'; input: number }
  | { type: 'stepped'; step: number; output: number };
interface Effect {
  kind: 'step';
  step: number;
  input: number;
}
interface State {
  outputs: number[];
}

const request = (step: number, input: number) => ({
  key: `step-${step}`,
  effect: { kind: 'step' as const, step, input },
});

const workflow: WorkflowDefinition<State, Command, Event, Effect> = {
  type: 'bench.four-steps',
  decide(state, command) {
    switch (command.type) {
      case 'begin':
        return {
          events: [{ type: 'begun', input: command.input }],
          effects: [request(1, command.input)],
        };
      case 'effect.succeeded': {
        const step = state!.outputs.length + 1;
        const output = Number(command.result);
        return {
          events: [{ type: 'stepped', step, output }],
          ...(step < STEPS
            ? { effects: [request(step + 1, output)] }
            : { status: { kind: 'succeeded' } }),
        };
      }
      default:
        throw new Error(`'${command.type}' is not expected`);
    }
  },
  evolve(state, event) {
    return event.type === 'begun'
      ? { outputs: [] }
      : { outputs: [...state!.outputs, event.output] };
  },
};

/** The size of openworkflow's pool, which its documentation says to leave alone. */
const CONNECTIONS = 10;

const quiet = () => undefined;
const complain = (message: string) => void process.stderr.write(`${message}\n`);

export async function openSlipway(
  location: Location,
  concurrency: number,
  onFirstStep: () => void = quiet,
): Promise<Session> {
  let lastSteps = 0;
  const handlers: EffectHandlers<Effect> = {
    async step({ step, input }) {
      if (step === 1) {
        onFirstStep();
      } else if (step === STEPS) {
        lastSteps += 1;
      }
      return { kind: 'done', result: input + 1 };
    },
  };
  const knex = connect(location, CONNECTIONS);
  await migrate(knex);
  const engine = await createEngine({
    knex,
    workflows: [workflow as WorkflowDefinition<unknown, never, never, never>],
    handlers,
    logger: { debug: quiet, info: quiet, warn: complain, error: complain },
    concurrency,
  });
  await engine.start();
  let expected = 0;
  return {
    async complete(runs) {
      expected += runs;
      await atOnce(runs, concurrency, async input => {
        await engine.startRun<Command>({
          type: workflow.type,
          command: { type: 'begin', input },
          actor: { type: 'service', id: 'bench' },
        });
      });
      await untilCounted(
        expected,
        () => lastSteps,
        async () => {
          const [row] = await knex('engine_runs')
            .where({ status: 'succeeded' })
            .count({ count: '*' });
          return Number(row.count);
        },
      );
    },
    async close() {
      await engine.stop();
      await knex.destroy();
    },
  };
}

export const slipway: Contender = {
  name: 'slipway',
  open: (location, concurrency) => openSlipway(location, concurrency),
};
