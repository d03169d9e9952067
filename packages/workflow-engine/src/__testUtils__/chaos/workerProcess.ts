// A worker of the fault tests: a process of its own, so that it can be killed, stopped and given a wrong clock.
import { setTimeout as pause } from 'node:timers/promises';
import type { EffectHandlers } from '../../api/effects';
import type { WorkflowDefinition } from '../../api/workflow';
import { createEngine } from '../../createEngine';
import { connectChaos } from './connectChaos';
import type { JourneyCommand, JourneyEffect } from './journey';
import { journey } from './journey';
import { Ledger } from './ledger';

export interface WorkerConfig {
  location: string;
  ledger: string;
  leaseMs: number;
  /** Added to the process's clock; one after the other, a new one every 20 ms. */
  clockOffsets: number[];
}

export type ToWorker = { depart: string; command: JourneyCommand };
export type FromWorker =
  | { type: 'ready' }
  | { type: 'departed'; runId: string }
  | { type: 'travelling'; runId: string; key: string }
  | { type: 'arrived'; runId: string; key: string };

const config: WorkerConfig = JSON.parse(process.argv[2]);
const say = (message: FromWorker) => void process.send?.(message);

// Nobody outlives the test.
process.on('disconnect', () => process.exit());

if (config.clockOffsets.length > 0) {
  const trueNow = Date.now;
  Date.now = () =>
    trueNow() +
    config.clockOffsets[
      Math.floor(performance.now() / 20) % config.clockOffsets.length
    ];
}

async function main(): Promise<void> {
  const ledger = new Ledger(config.ledger);
  const handlers: EffectHandlers<JourneyEffect> = {
    async travel({ ms }, { runId, key, epoch }) {
      say({ type: 'travelling', runId, key });
      if (!ledger.has(runId, key)) {
        await pause(ms);
        // Time has passed, so it looks once more right before it acts.
        if (!ledger.has(runId, key)) {
          ledger.act(runId, key, epoch);
        }
      }
      say({ type: 'arrived', runId, key });
      return { kind: 'done' };
    },
  };
  const quiet = () => undefined;
  const engine = await createEngine({
    knex: connectChaos(config.location),
    workflows: [journey as WorkflowDefinition<unknown, never, never, never>],
    handlers,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    leaseMs: config.leaseMs,
    pollMs: 200,
    targetConcurrency: 4,
  });
  await engine.start();
  process.on('message', ({ depart, command }: ToWorker) => {
    engine
      .startRun<JourneyCommand>({
        type: journey.type,
        id: depart,
        idempotencyKey: depart,
        command,
        actor: { type: 'service', id: 'chaos' },
      })
      // Whoever gets no answer asks another worker.
      .then(() => say({ type: 'departed', runId: depart }), quiet);
  });
  say({ type: 'ready' });
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
