// Writes what is generated from each plugin's src/schema/openapi.yaml: the document as a TypeScript value
// beside it, and its types into the plugin's -common package. With --check it writes nothing and exits 1
// when a generated file is out of date.
import { readFile, writeFile, mkdir, readdir, access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const banner =
  '// Generated from openapi.yaml by `npm run generate:openapi`. Not to be edited by hand.\n';

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function emit(path, content) {
  const before = (await exists(path)) ? await readFile(path, 'utf8') : '';
  if (before === content) return true;
  if (check) {
    process.stderr.write(
      `${path} is out of date: run npm run generate:openapi\n`,
    );
    return false;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  process.stdout.write(`wrote ${path}\n`);
  return true;
}

let upToDate = true;
for (const plugin of await readdir(join(root, 'plugins'))) {
  const source = join(root, 'plugins', plugin, 'src/schema/openapi.yaml');
  if (!(await exists(source))) continue;
  const document = parse(await readFile(source, 'utf8'));
  const common = plugin.replace(/-backend$/, '-common');
  const types = astToString(
    await openapiTS(document, { defaultNonNullable: false }),
  );
  const results = [
    await emit(
      join(root, 'plugins', plugin, 'src/schema/openapi.generated.ts'),
      `${banner}export const openApiDocument = ${JSON.stringify(document, null, 2)};\n`,
    ),
    await emit(
      join(root, 'plugins', common, 'src/generated/openapi.generated.ts'),
      banner + types,
    ),
  ];
  upToDate = upToDate && results.every(Boolean);
}
process.exitCode = upToDate ? 0 : 1;
