import type {
  Dependency,
  ResolvedArtifact,
} from '@slipway/backstage-plugin-delivery-node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Dependencies = NonNullable<ResolvedArtifact['dependencies']>;

/** What a `package.json` asks for when it is installed. */
export function dependenciesOfManifest(manifest: {
  dependencies?: unknown;
}): Dependencies {
  return { source: 'manifest', items: npmItems(manifest.dependencies) };
}

/**
 * What a `package-lock.json` (of npm 7 and later) would install for production, in exact versions. Nothing when it is
 * of another form.
 */
function dependenciesOfLockfile(lockfile: unknown): Dependencies | undefined {
  const packages = asRecord(asRecord(lockfile)?.packages);
  if (!packages) return undefined;
  const items = Object.entries(packages).flatMap(([path, value]) => {
    const { dev, link, name, version } = asRecord(value) ?? {};
    // The project itself, packages of its own folder, and what is not installed for production.
    if (!path.includes('node_modules/') || dev === true || link === true)
      return [];
    const installedAs = path.slice(
      path.lastIndexOf('node_modules/') + 'node_modules/'.length,
    );
    return npmItems({
      [typeof name === 'string' ? name : installedAs]: version,
    });
  });
  return { source: 'lockfile', items };
}

/** The files of an npm project, as text, by name. */
export type NpmFiles = Partial<Record<(typeof npmFiles)[number], string>>;

/** What has to be read to know what an npm project depends on. */
export const npmFiles = ['package-lock.json', 'package.json'] as const;

/** What a project depends on, by its lock file where there is one. Nothing when it is no npm project. */
export function dependenciesOfFiles(files: NpmFiles): Dependencies | undefined {
  const locked = dependenciesOfLockfile(parsed(files['package-lock.json']));
  if (locked) return locked;
  const manifest = asRecord(parsed(files['package.json']));
  return manifest && dependenciesOfManifest(manifest);
}

/** The same of the project in a folder. */
export async function dependenciesOfFolder(
  folder: string,
): Promise<Dependencies | undefined> {
  const files: NpmFiles = {};
  for (const name of npmFiles)
    files[name] = await readFile(join(folder, name), 'utf8').catch(
      () => undefined,
    );
  return dependenciesOfFiles(files);
}

function npmItems(versions: unknown): Dependency[] {
  return Object.entries(asRecord(versions) ?? {}).flatMap(([name, version]) =>
    typeof version === 'string' ? { name, version, type: 'npm' } : [],
  );
}

// What cannot be read says nothing of what is in it, and is nothing to refuse a release for.
function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
