import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Binaries, findBinary } from './findBinary';
import { kustomizationFiles, mustBeLocal } from './localReferences';
import { runBinary } from './runBinary';
import { namespacePlaceholder } from './stampManifests';

export const renderers = ['plain', 'kustomize', 'helm'] as const;
export type RenderKind = (typeof renderers)[number];

/**
 * What a folder of a repository comes to, as YAML. `root` holds the repository's files. Throws `InputError` when it cannot be
 * rendered, or when the program for it is not installed.
 */
export async function render(options: {
  root: string;
  path: string;
  /** Left out where the files say so themselves. */
  kind?: RenderKind;
  /** Of a chart. */
  values?: JsonObject;
  binaries: Binaries;
  signal: AbortSignal;
}): Promise<{ kind: RenderKind; text: string }> {
  const { path, root, values } = options;
  const folder = resolveSafeChildPath(root, path);
  const isFolder = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new InputError(
      `path: there is no folder '${path}' in the repository at this commit`,
    );
  const names = await readdir(folder);
  const kind = options.kind ?? kindOf(names);
  if (values && kind !== 'helm')
    throw new InputError(
      `values: only charts of Helm take values, and '${path}' is rendered as ${kind}`,
    );
  const how = { ...options, folder, names };
  if (kind === 'plain') return { kind, text: await plain(how) };
  const text = await (kind === 'helm' ? helm(how) : kustomize(how));
  return { kind, text };
}

function kindOf(names: string[]): RenderKind {
  if (names.some(name => kustomizationFiles.includes(name))) return 'kustomize';
  return names.includes('Chart.yaml') ? 'helm' : 'plain';
}

interface How {
  root: string;
  folder: string;
  path: string;
  names: string[];
  values?: JsonObject;
  binaries: Binaries;
  signal: AbortSignal;
}

/** The files of the folder itself, by name; as `kubectl apply -f` takes them. */
async function plain({ folder, names, path }: How): Promise<string> {
  const files = names.filter(name => /\.(ya?ml|json)$/.test(name)).sort();
  if (!files.length)
    throw new InputError(`path: there are no .yaml files in '${path}'`);
  const texts = await Promise.all(
    files.map(name => readFile(join(folder, name), 'utf8')),
  );
  return texts.join('\n---\n');
}

async function kustomize(how: How): Promise<string> {
  const { binaries, folder, root, signal } = how;
  const own = await findBinary('kustomize', binaries);
  const file = own ?? (await findBinary('kubectl', binaries));
  if (!file)
    throw new InputError(
      "render: this is rendered by Kustomize, and neither 'kustomize' nor 'kubectl' is installed beside the portal's backend; install one of them, or say where it is in delivery.kubernetes.binaries.kustomize or .kubectl",
    );
  await mustBeLocal(root);
  return runBinary(file, [own ? 'build' : 'kustomize', folder], {
    cwd: root,
    signal,
  });
}

async function helm(how: How): Promise<string> {
  const { binaries, folder, root, signal, values } = how;
  const file = await findBinary('helm', binaries);
  if (!file)
    throw new InputError(
      "render: this is rendered by Helm, and 'helm' is not installed beside the portal's backend; install it, or say where it is in delivery.kubernetes.binaries.helm",
    );
  const chart: unknown = parse(
    await readFile(join(folder, 'Chart.yaml'), 'utf8'),
  );
  const name = String((chart as { name?: unknown } | null)?.name ?? '');
  // It becomes an argument.
  if (!/^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/.test(name))
    throw new InputError(
      `Chart.yaml: name '${name}' must be lower-case letters, digits and '-', at most 53`,
    );
  const valuesFile = join(root, '.slipway-values.json');
  await writeFile(valuesFile, JSON.stringify(values ?? {}));
  return runBinary(
    file,
    [
      ...['template', name, folder, '--namespace', namespacePlaceholder],
      ...['--values', valuesFile, '--skip-tests'],
    ],
    { cwd: root, signal },
  );
}
