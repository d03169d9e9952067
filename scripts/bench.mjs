// Runs one benchmark: `bench.mjs <file.ts> [--json …]`, with a Postgres that keeps what it commits (fsync on), and
// names the machine first.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './postgres.mjs';
import { run } from './process.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [entry, ...args] = process.argv.slice(2);
const file = join(root, entry);
if (!existsSync(file)) {
  process.stderr.write(`There is no benchmark ${entry}\n`);
  process.exit(2);
}

if (!args.includes('--json'))
  process.stdout.write(
    `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
      `${process.platform} ${release()}, Node ${process.versions.node}\n`,
  );
const loader = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const postgres = await startPostgres({ durable: true });
try {
  await run(process.execPath, ['--require', loader, file, ...args], {
    cwd: root,
    env: { ...process.env, SLIPWAY_TEST_POSTGRES: postgres.url },
  });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode ?? 1;
} finally {
  await postgres.stop();
}
