// From the start command to a page that answers, with everything built and the databases there.
import { BenchPortal } from './BenchPortal.mjs';
import { median } from './median.mjs';

export async function* startTime() {
  const portal = await BenchPortal.start();
  try {
    const seconds = [];
    for (let repeat = 0; repeat < 3; repeat++) {
      await portal.restart();
      seconds.push(portal.startSeconds);
    }
    yield {
      measure: 'warm start to an answering page (median of 3)',
      value: median(seconds),
      unit: 's',
    };
  } finally {
    await portal.stop();
  }
}
