// Installs programs that tests need from Debian, where that may be done: as root.
import { existsSync } from 'node:fs';
import { run } from './process.mjs';

/** False where it may not be done. Rejects with apt's own words when it fails. */
export async function installFromDebian(what, ...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  process.stdout.write(`slipway: installing ${what} from Debian (once)\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, capture: true });
  await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    { env, capture: true },
  );
  return true;
}
