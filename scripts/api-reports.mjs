// Writes the API reports of the packages that others build on; with --ci it fails where one is out of date.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reported = ['common-library', 'node-library', 'web-library'];

const paths = [];
for (const folder of ['packages', 'plugins'])
  for (const name of await readdir(join(root, folder))) {
    const path = join(folder, name);
    const manifest = JSON.parse(
      await readFile(join(root, path, 'package.json'), 'utf8'),
    );
    if (!manifest.private && reported.includes(manifest.backstage?.role))
      paths.push(path);
  }

await run('backstage-repo-tools', [
  'api-reports',
  ...paths,
  '--allow-all-warnings',
  // Names say what many members are; and types of other workspaces are sources here, whose paths differ by machine.
  '--omit-messages',
  'ae-undocumented,ae-wrong-input-file-type',
  ...process.argv.slice(2),
]);
