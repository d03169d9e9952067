// Finds the browser for the browser tests, or gets one: Debian's Chromium as root, else Playwright's own.
import { existsSync } from 'node:fs';
import { run } from './process.mjs';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Answers the path of a Chromium, or an empty string when Playwright's own is to be used. */
export async function findBrowser() {
  if (process.env.SLIPWAY_TEST_BROWSER) return process.env.SLIPWAY_TEST_BROWSER;
  const found = () => candidates.find(path => existsSync(path));
  const here = found();
  if (here) return here;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write('slipway: installing Chromium from Debian (once)\n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, capture: true });
    await run(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-dejavu-core',
      ],
      { env, capture: true },
    );
    const installed = found();
    if (installed) return installed;
  }
  process.stdout.write("slipway: installing Playwright's Chromium (once)\n");
  await run('playwright', ['install', 'chromium']);
  return '';
}
