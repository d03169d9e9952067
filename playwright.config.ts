import { defineConfig, devices } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Kept for the whole run: workers read the config again, and must find the same folder.
process.env.SLIPWAY_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'slipway-e2e-'));

const configs = [
  'app-config.yaml',
  'e2e/app-config.e2e.yaml',
  // Where there is a test cluster.
  process.env.SLIPWAY_E2E_CLUSTER_CONFIG,
].filter(Boolean);

const browser = process.env.SLIPWAY_TEST_BROWSER;

/** What people do, page by page, in a portal with real processes and data of its own. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Each file has services of its own, and waits for them most of the time.
  workers: 2,
  forbidOnly: !!process.env.CI,
  // On a machine that others use too. What passes only then is named as flaky at the end.
  retries: process.env.CI ? 1 : 0,
  globalSetup: './e2e/globalSetup.ts',
  reporter: [['list'], ['json']],
  outputDir: 'reports/browser',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1400, height: 900 },
    baseURL: 'http://localhost:3017',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: process.env.SLIPWAY_E2E_RUNNING
    ? undefined
    : {
        // Its log would bury the tests' own lines.
        command: `mkdir -p reports && exec node scripts/start.mjs ${configs.map(file => `--config ${file}`).join(' ')} > reports/portal.log 2>&1`,
        url: 'http://localhost:3017/.backstage/health/v1/readiness',
        timeout: 240_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
        env: { SLIPWAY_DATA_DIR: process.env.SLIPWAY_DATA_DIR, CI: '' },
      },
});
