// Runs every check and test, and ends with `N passed, N failed, N skipped` over all of them, counted from the
// reports in reports/. --quick leaves out the browser; --only static|unit|browser runs one part; --chaos runs the fault
// tests alone and in full size (SLIPWAY_CHAOS=full); --kubernetes runs those of the Kubernetes runtime alone.
import { spawn } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startBrowserCluster } from './browserCluster.mjs';
import { findBrowser } from './browser.mjs';
import {
  failedSuites,
  jestCounts,
  jestFailures,
  playwrightFailures,
  playwrightFlaky,
  slowestSuites,
} from './failures.mjs';
import { startPostgres } from './postgres.mjs';
import { typeScript } from './tasks.mjs';
import { findTestServers } from './testServers.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'reports');
const args = process.argv.slice(2);
const onlyAt = args.indexOf('--only');
const chaos = args.includes('--chaos');
const kubernetes = args.includes('--kubernetes');
// Which test files, when it is not all of them.
const suite = [
  ...(chaos ? ['chaos'] : []),
  ...(kubernetes
    ? ['backend-module-(kubernetes|argo-rollouts)', '--runInBand']
    : []),
];
const only = suite.length
  ? 'unit'
  : args[onlyAt === -1 ? args.length : onlyAt + 1];
const quick = args.includes('--quick');
const rest = args.filter(
  (arg, index) =>
    !['--quick', '--chaos', '--kubernetes'].includes(arg) &&
    (onlyAt === -1 || (index !== onlyAt && index !== onlyAt + 1)),
);

// Those of a line one after the other, the short ones first, so that a slip is seen early; both lines at the same time.
const checks = [
  [
    ['types', 'node', [typeScript]],
    // Reads the declarations that the compiler wrote.
    ['API reports', 'node', ['scripts/api-reports.mjs', '--ci']],
  ],
  [
    ['generated files', 'node', ['scripts/generate-openapi.mjs', '--check']],
    ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
    ['unused code', 'knip', ['--no-config-hints']],
    ['lint', 'backstage-cli', ['repo', 'lint', '--max-warnings', '0']],
  ],
];

// As many suites run once more, alone, when they fail: those with a cluster of their own are a dozen, and need the machine.
const mostAgain = 6;

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const flaky = [];
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    // With all that they have started: Jest's workers would go on to the end of their suites.
    for (const child of running) process.kill(-child.pid, signal);
    process.exitCode = 130;
  });
/** Somebody has stopped the run: what has not begun does not begin any more. */
const isStopped = () => process.exitCode === 130;

// What tests leave behind goes with the run. The programs of a test cluster stay unpacked.
process.env.KUBE_TEST_CACHE ??= join(
  tmpdir(),
  `kube-test-cluster-cache-${process.getuid?.() ?? 0}`,
);
process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'slipway-test-'));
// Postgres runs as somebody else, and has a folder of its own in there.
await chmod(process.env.TMPDIR, 0o711);

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

if (!only || only === 'static') await runChecks();
if (!isStopped() && (!only || only === 'unit')) await runUnit();
if (!isStopped() && !quick && (!only || only === 'browser')) await runBrowser();

await clustersAreGone();
await rm(process.env.TMPDIR, { recursive: true, force: true });

for (const name of flaky)
  process.stdout.write(`\n~ flaky, passed when run again: ${name}\n`);
for (const failure of failures) process.stdout.write(`\n✗ ${failure}\n`);
process.stdout.write(
  `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
);
process.exitCode = total.failed ? 1 : (process.exitCode ?? 0);

/** Those of a run that was stopped end a little later, and need their folders for that. */
async function clustersAreGone() {
  const deadline = Date.now() + 60_000;
  const left = async () =>
    (await readdir(process.env.TMPDIR)).some(name =>
      name.startsWith('slipway-kube-'),
    );
  while (Date.now() < deadline && (await left())) await sleep(500);
}

async function runChecks() {
  const results = [];
  await Promise.all(
    checks.map(async line => {
      for (const [name, command, commandArgs] of line) {
        const code = await step(name, command, commandArgs, { whole: true });
        results.push({ name, status: code === 0 ? 'passed' : 'failed' });
      }
    }),
  );
  const report = join(reports, 'checks.json');
  await writeFile(report, JSON.stringify({ results }, null, 2));
  for (const { name, status } of await readJson(report, 'results')) {
    total[status] += 1;
    if (status === 'failed') failures.push(name);
  }
}

async function runUnit() {
  const servers = await findTestServers();
  const postgres = await startPostgres();
  const jest = (report, jestArgs) =>
    step(
      'unit and integration tests',
      'backstage-cli',
      [
        'repo',
        'test',
        '--watchAll=false',
        '--json',
        `--outputFile=${report}`,
        `--config=${join(root, 'scripts/jest/config.cjs')}`,
        // Kept from run to run, unlike what tests leave behind.
        `--cacheDirectory=${join(root, 'node_modules/.cache/jest')}`,
        ...jestArgs,
      ],
      {
        env: {
          ...(chaos && { SLIPWAY_CHAOS: 'full' }),
          ...servers,
          SLIPWAY_TEST_POSTGRES: postgres.url,
          BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING: postgres.url,
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        },
      },
    );
  try {
    const report = join(reports, 'jest.json');
    const code = await jest(report, [
      // One more than CI has processors: suites wait for real rollouts a good part of the time.
      ...(kubernetes ? [] : ['--maxWorkers=3']),
      ...suite,
      ...rest,
    ]);
    const result = await readJson(report);
    process.stdout.write(
      `\nWhat took longest:\n${slowestSuites(result).join('\n')}\n`,
    );
    const failed = failedSuites(result);
    const mayBeTheMachine =
      failed.length > 0 &&
      failed.length <= mostAgain &&
      !chaos &&
      !process.exitCode;
    if (!mayBeTheMachine) return countJest(result, code);

    // Others may have had the machine for a while: what failed runs once more, alone. What passes then is named as flaky.
    process.stdout.write(
      `\n${jestFailures(result).join('\n')}\n\nOnce more, alone:\n`,
    );
    const reportAgain = join(reports, 'jest-again.json');
    const codeAgain = await jest(reportAgain, ['--runInBand', ...failed]);
    const again = await readJson(reportAgain);
    const stillFailed = failedSuites(again);
    for (const suite of failed)
      if (again && !stillFailed.includes(suite)) flaky.push(suite);
    countJest(
      {
        testResults: result.testResults.filter(
          ({ name }) => !failed.includes(name),
        ),
      },
      0,
    );
    return countJest(again, codeAgain);
  } finally {
    await postgres.stop();
  }
}

function countJest(result, code) {
  const failedBefore = total.failed;
  const { passed, failed, skipped } = jestCounts(result);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...jestFailures(result));
  countEnd('Jest', result, code, failedBefore);
}

async function runBrowser() {
  const report = join(reports, 'playwright.json');
  const browser = await findBrowser();
  const onCluster = !rest.length || rest.some(arg => arg.includes('cluster'));
  const cluster = onCluster
    ? await startBrowserCluster(root, reports)
    : undefined;
  const code = await step('browser tests', 'playwright', ['test', ...rest], {
    env: {
      ...cluster?.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      SLIPWAY_TEST_BROWSER: browser,
    },
  });
  await cluster?.stop();
  const failedBefore = total.failed;
  const result = await readJson(report);
  const stats = result?.stats;
  total.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  total.failed += stats?.unexpected ?? 0;
  total.skipped += stats?.skipped ?? 0;
  failures.push(...playwrightFailures(result));
  flaky.push(...playwrightFlaky(result));
  countEnd('Playwright', result, code, failedBefore);
}

/** A runner that fails without a failed test has failed all the same. */
function countEnd(name, result, code, failedBefore) {
  if (result && (code === 0 || total.failed > failedBefore)) return;
  total.failed += 1;
  failures.push(
    result
      ? `${name} ended with ${code}, although no test failed; see above`
      : `${name} wrote no report; see above`,
  );
}

/** With `whole` its output is shown when it has ended, in one piece. */
function step(name, command, commandArgs, { env = {}, whole = false } = {}) {
  if (!whole) process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      env: { ...process.env, CI: 'true', ...env },
      // A process group of its own, to be ended as one.
      detached: true,
      stdio: whole
        ? ['ignore', 'pipe', 'pipe']
        : ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    const output = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', chunk => output.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      running.delete(child);
      if (whole) {
        process.stdout.write(`\n── ${name}\n`);
        process.stdout.write(Buffer.concat(output));
      }
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stdout.write(
        `── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`,
      );
      resolve(code);
    });
  });
}

async function readJson(path, key) {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  const value = JSON.parse(content);
  return key ? value[key] : value;
}
