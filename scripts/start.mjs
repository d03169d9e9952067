// Starts the portal with the Backstage CLI, and says where it is as soon as it answers: the backend with the built
// pages, or with --dev the development server beside it, which shows each change of a page at once.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildPages } from './pages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const started = Date.now();
const dev = process.argv.includes('--dev');
const given = process.argv.slice(2).filter(arg => arg !== '--dev');
const args = given.includes('--config') ? given : [...given, ...configFiles()];
// The CLI starts each package in its own folder, so that relative paths would mean something else there.
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

const child = spawn(
  'backstage-cli',
  [
    'repo',
    'start',
    ...(dev ? [] : ['backend']),
    ...args.map((arg, index) =>
      args[index - 1] === '--config' ? resolve(root, arg) : arg,
    ),
  ],
  { cwd: root, stdio: 'inherit' },
);
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
