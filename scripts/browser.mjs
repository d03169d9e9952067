// Finds the browser for the browser tests, or gets one: Debian's Chromium as root, else Playwright's own.
import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { run } from './process.mjs';

const candidates = [
  // Without windows, menus and profiles, which nobody sees here.
  '/usr/bin/chromium-headless-shell',
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
  if (
    await installFromDebian(
      'Chromium',
      'chromium-headless-shell',
      'fonts-dejavu-core',
    )
  ) {
    const installed = found();
    if (installed) return installed;
  }
  process.stdout.write("slipway: installing Playwright's Chromium (once)\n");
  await run('playwright', ['install', 'chromium']);
  return '';
}
