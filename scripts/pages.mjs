// Builds the portal's pages when their sources have changed since the last time, so that a start is quick.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const app = join(root, 'packages/app');
const stamp = join(app, 'dist/.slipway-built');

/** @param progress - told what happens, a line each */
export async function buildPages({ progress }) {
  const wanted = await sourceDigest();
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === wanted) return;
  progress(
    existsSync(stamp)
      ? 'building the pages again, their sources have changed'
      : 'building the pages (once)',
  );
  const started = Date.now();
  // An interrupted build must not pass for a finished one.
  await rm(stamp, { force: true });
  try {
    await run('backstage-cli', ['package', 'build'], {
      cwd: app,
      capture: true,
    });
  } catch (error) {
    throw new Error(`The pages could not be built.\n${error.message}`);
  }
  await writeFile(stamp, wanted);
  progress(
    `the pages are built (${Math.round((Date.now() - started) / 1000)} s)`,
  );
}

/** Of everything that may end in the pages: the app, the packages that run in browsers, and what is installed. */
async function sourceDigest() {
  const hash = createHash('sha256');
  hash.update(await readFile(join(root, 'yarn.lock')));
  for (const folder of await browserPackages()) {
    const inside = await readdir(folder, {
      recursive: true,
      withFileTypes: true,
    });
    const files = inside
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !/\/(dist|node_modules|dist-types)\//.test(path))
      .sort();
    for (const path of files)
      hash.update(path.slice(root.length)).update(await readFile(path));
  }
  return hash.digest('hex');
}

async function browserPackages() {
  const folders = [app];
  for (const name of await readdir(join(root, 'plugins'))) {
    const folder = join(root, 'plugins', name);
    const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(
      () => '{}',
    );
    const role = JSON.parse(manifest).backstage?.role ?? '';
    if (/^(frontend|web|common)/.test(role)) folders.push(folder);
  }
  return folders;
}
