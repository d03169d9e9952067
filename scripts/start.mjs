// Starts the portal, and says where it is as soon as it answers: the backend with the built pages, or with --dev
// Backstage's development servers, which show each change at once.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildPages } from './pages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const started = Date.now();
const dev = process.argv.includes('--dev');
const given = process.argv.slice(2).filter(arg => arg !== '--dev');
const args = given.includes('--config') ? given : [...given, ...configFiles()];
const configs = args.flatMap((arg, index) =>
  args[index - 1] === '--config' ? [resolve(root, arg)] : [],
);

if (!dev)
  try {
    await buildPages({
      progress: text => process.stderr.write(`slipway: ${text}\n`),
    });
  } catch (error) {
    process.stderr.write(`slipway: ${error.message}\n`);
    process.exit(1);
  }

const child = dev ? startDevelopment() : startBackend();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () =>
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal),
  );
child.on('exit', (code, signal) => {
  process.exit(signal ? 0 : (code ?? 1));
});

const { app, backend } = await addresses();
await Promise.all([
  answers(`${backend}/.backstage/health/v1/readiness`),
  answers(app),
]);
process.stdout.write(
  `\n  Slipway is ready at ${app} (${((Date.now() - started) / 1000).toFixed(1)} s). Ctrl-C stops it.\n\n`,
);

function startDevelopment() {
  return spawn('backstage-cli', ['repo', 'start', ...absolute(args)], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** As the CLI starts it, but without watching the sources. */
function startBackend() {
  const loader = createRequire(import.meta.url).resolve(
    '@backstage/cli/config/nodeTransform.cjs',
  );
  const folder = join(root, 'packages/backend');
  return spawn(
    process.execPath,
    ['--require', loader, join(folder, 'src/index.ts'), ...absolute(args)],
    {
      cwd: folder,
      stdio: 'inherit',
      env: {
        NODE_ENV: 'development',
        // The next start has less to compile.
        NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/portal'),
        ...process.env,
      },
    },
  );
}

/** Backend and pages are started in folders of their own, where relative paths would mean something else. */
function absolute(all) {
  return all.map((arg, index) =>
    all[index - 1] === '--config' ? resolve(root, arg) : arg,
  );
}

function configFiles() {
  return [
    'app-config.yaml',
    ...(dev ? ['app-config.dev.yaml'] : []),
    'app-config.local.yaml',
  ]
    .filter(name => existsSync(join(root, name)))
    .flatMap(name => ['--config', name]);
}

/** The addresses from the config files that are started with. */
async function addresses() {
  const found = {};
  for (const file of configs) {
    const config = parse(await readFile(file, 'utf8')) ?? {};
    found.app = config.app?.baseUrl ?? found.app;
    found.backend = config.backend?.baseUrl ?? found.backend;
  }
  return found;
}

async function answers(url) {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(done => setTimeout(done, 200));
  }
}
