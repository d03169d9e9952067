import { InputError } from '@backstage/errors';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isRecord } from './readManifests';

export const kustomizationFiles = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

// What stands in these is text, and names no file.
const texts = new Set([
  'buildMetadata',
  'commonAnnotations',
  'commonLabels',
  'helmGlobals',
  'images',
  'labels',
  'literals',
  'metadata',
  'options',
  'patch',
  'replicas',
  'target',
]);
const folders = new Set(['bases', 'components', 'resources']);

/**
 * Kustomize fetches whatever looks like an address, from git hosts and by HTTP, inside the backend's network too. So every
 * kustomization of a repository is looked through first, and generators and transformers with it. Throws `InputError` for a
 * reference to anything but a file of the repository.
 */
export async function mustBeLocal(root: string): Promise<void> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  for (const file of files) {
    const isKustomization = kustomizationFiles.includes(file.name);
    if (!file.isFile() || !(isKustomization || /\.ya?ml$/.test(file.name)))
      continue;
    const path = join(file.parentPath, file.name);
    const documents = parseAllDocuments(await readFile(path, 'utf8'));
    for (const document of documents) {
      // What is no YAML is told by what reads it.
      if (document.errors.length) continue;
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      if (!isRecord(value)) continue;
      if (!isKustomization && value.apiVersion !== 'builtin') continue;
      const where = relative(root, path);
      if (value.helmCharts || value.helmChartInflationGenerator)
        throw new InputError(
          `${where}: charts of Helm inside a kustomization are not rendered; render them apart`,
        );
      await checkValue(value, '', { root, folder: file.parentPath, where });
    }
  }
}

interface Place {
  root: string;
  folder: string;
  where: string;
}

async function checkValue(
  value: unknown,
  field: string,
  place: Place,
): Promise<void> {
  if (Array.isArray(value)) {
    for (const item of value) await checkValue(item, field, place);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value))
      if (!texts.has(key)) await checkValue(item, key, place);
  } else if (typeof value === 'string' && !value.includes('\n'))
    await checkText(value, field, place);
}

async function checkText(
  text: string,
  field: string,
  { folder, root, where }: Place,
): Promise<void> {
  // Generators of files may give them a key.
  const path = /^(files|envs|env)$/.test(field)
    ? text.replace(/^[^=/]*=/, '')
    : text;
  const isRemote = /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@|::/i.test(path.trim());
  if (isRemote || (folders.has(field) && !(await isThere())))
    throw new InputError(
      `${where}: ${field} names '${text}', which is no file of the repository at this commit; nothing is fetched from elsewhere, so copy it in`,
    );

  async function isThere(): Promise<boolean> {
    const full = resolve(folder, path);
    return (
      (full === root || full.startsWith(root + sep)) &&
      (await stat(full).then(
        () => true,
        () => false,
      ))
    );
  }
}
