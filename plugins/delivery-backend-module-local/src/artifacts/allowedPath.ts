import { InputError } from '@backstage/errors';
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The real path of something that lies under one of the roots, whatever links are on the way. Throws `InputError`
 * otherwise.
 */
export async function allowedPath(
  path: string,
  roots: string[],
): Promise<string> {
  const candidates = isAbsolute(path)
    ? [path]
    : roots.map(root => resolve(root, path));
  for (const candidate of candidates) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real === undefined) continue;
    for (const root of roots) {
      const realRoot = await realpath(root).catch(() => undefined);
      if (realRoot !== undefined && isInside(real, realRoot)) return real;
    }
  }
  throw new InputError(
    `path '${path}' is not there, or not under delivery.local.artifactRoots (${roots.join(', ') || 'none'})`,
  );
}

/** Whether a path lies in a folder, or is it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return (
    way === '' ||
    (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
  );
}
