// From a fresh clone to a checkout that can start. The caches of npm and Yarn are used as they are.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function* setupTime() {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  try {
    const clone = join(folder, 'slipway');
    await run('git', ['clone', '--quiet', root, clone], { capture: true });
    const started = Date.now();
    await run('npm', ['run', 'setup'], { cwd: clone, capture: true });
    yield {
      measure: 'set-up of a fresh clone (package caches as they are)',
      value: Math.round((Date.now() - started) / 100) / 10,
      unit: 's',
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
