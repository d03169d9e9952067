// Starts backend and frontend with the Backstage CLI, and says where the portal is as soon as it answers.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// The CLI starts each package in its own folder, so that relative paths would mean something else there.
const args = process.argv
  .slice(2)
  .map((arg, index, all) =>
    all[index - 1] === '--config' ? resolve(arg) : arg,
  );
const started = Date.now();

const child = spawn('backstage-cli', ['repo', 'start', ...args], {
  cwd: root,
  stdio: 'inherit',
});
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

/** The addresses from the config files that are started with. */
async function addresses() {
  const files = args.flatMap((arg, index) =>
    arg === '--config' ? [args[index + 1]] : [],
  );
  const found = {};
  for (const file of files.length
    ? files
    : ['app-config.yaml', 'app-config.local.yaml']) {
    const content = await readFile(resolve(root, file), 'utf8').catch(() => '');
    const config = parse(content) ?? {};
    found.app = config.app?.baseUrl ?? found.app;
    found.backend = config.backend?.baseUrl ?? found.backend;
  }
  return found;
}

async function answers(url) {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
