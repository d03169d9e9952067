// From navigation to a page that shows its rows and whose main thread is idle, in a browser with an empty cache; ours
// and the catalog's own page interleaved.
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.mjs';
import { BenchPortal } from './BenchPortal.mjs';
import { median } from './median.mjs';
import { releases } from './releases.mjs';

const repeats = 9;
const pages = {
  '/delivery': 'table tbody tr',
  '/catalog?filters[kind]=component&filters[user]=all': 'table tbody tr',
};

export async function* timeToInteractive() {
  const portal = await BenchPortal.start();
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) || undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const server = await releases(portal);
    await server.rollOut(['booking-api', 'quote-service'], '1.0.0', {
      rolling: {},
    });
    await server.allEnded();
    const times = Object.fromEntries(Object.keys(pages).map(key => [key, []]));
    for (let repeat = 0; repeat <= repeats; repeat++)
      for (const [path, rows] of Object.entries(pages)) {
        const ms = await visit(browser, portal.url, path, rows);
        // The first of each warms the backend.
        if (repeat > 0) times[path].push(ms);
      }
    for (const [path, ms] of Object.entries(times))
      yield {
        measure: `time to interactive of ${path.split('?')[0]} (median of ${repeats})`,
        value: Math.round(median(ms)),
        unit: 'ms',
      };
  } finally {
    await browser.close();
    await portal.stop();
  }
}

async function visit(browser, url, path, rows) {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
  });
  try {
    const page = await context.newPage();
    // The session is remembered in a cookie, so that the measured visit is one of somebody signed in.
    await page.request.post(`${url}/api/auth/exampleUsers/refresh`, {
      data: { userEntityRef: 'user:default/ana' },
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    await page.goto(url + path, { waitUntil: 'commit' });
    await page.locator(rows).first().waitFor();
    return await page.evaluate(
      () =>
        new Promise(done => requestIdleCallback(() => done(performance.now()))),
    );
  } finally {
    await context.close();
  }
}
