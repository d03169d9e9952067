import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Location } from './databases';
import { median } from './median';
import { openSlipway } from './peers/slipway';

const SAMPLES = 40;
/** Long enough for the engine to have gone back to sleep. */
const IDLE_MS = 25;

/** Milliseconds from the call of startRun to the first step's handler, on an engine that has nothing else to do. */
export async function startLatencyP50(location: Location): Promise<number> {
  const firstSteps = new EventEmitter();
  const session = await openSlipway(
    location,
    8,
    () => void firstSteps.emit('reached', performance.now()),
  );
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    await pause(IDLE_MS);
    const started = performance.now();
    const [[reachedAt]] = await Promise.all([
      once(firstSteps, 'reached'),
      session.complete(1),
    ]);
    samples.push(reachedAt - started);
  }
  await session.close();
  return median(samples);
}
