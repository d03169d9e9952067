import { InputError } from '@backstage/errors';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { allowedPath, isInside } from './allowedPath';
import type { ArtifactSource } from './ArtifactSource';
import { dependenciesOfFolder } from './npmDependencies';
import { checkPlaceholders } from './placeholders';
import { type ArtifactLimits, ArtifactSize } from './size';
import { startCommand } from './startCommand';

/** A folder of this machine, copied when it is first rolled out. */
export function directoryArtifact(
  roots: string[],
  limits: ArtifactLimits,
): ArtifactSource {
  return {
    kind: 'directory',
    title: 'Folder on this machine',
    schema: pathSchema('Folder, under delivery.local.artifactRoots'),

    async resolve(spec, { expectedDigest }) {
      checkPlaceholders(spec.command, 'command');
      const path = await allowedPath(String(spec.path), roots);
      const digest = await directoryDigest(path, limits);
      if (expectedDigest && expectedDigest !== digest)
        throw new InputError(
          `'${spec.path}' has the digest ${digest}, not ${expectedDigest}`,
        );
      const dependencies = await dependenciesOfFolder(path);
      return {
        kind: 'directory',
        reference: basename(path),
        digest,
        spec: { ...spec, path },
        ...(dependencies && { dependencies }),
      };
    },

    async fetch(artifact, folder) {
      const path = await allowedPath(String(artifact.spec.path), roots);
      // Before anything is copied: it may have grown, or hold what cannot be copied.
      const now = await directoryDigest(path, limits);
      if (now !== artifact.digest) throw changed(artifact.reference, now);
      await cp(path, folder, {
        recursive: true,
        verbatimSymlinks: true,
        filter: source => !isLeftOut(source),
      });
      const digest = await directoryDigest(folder, limits);
      if (digest !== artifact.digest) throw changed(artifact.reference, digest);
    },

    command: (artifact, folder) => startCommand(folder, artifact.spec.command),
  };
}

function changed(reference: string, digest: string): InputError {
  return new InputError(
    `'${reference}' has changed since it was released (now ${digest}); make a new release of it`,
  );
}

/** JSON Schema of artifacts that lie somewhere on this machine. */
export function pathSchema(description: string) {
  return {
    type: 'object',
    required: ['path'],
    additionalProperties: false,
    properties: {
      path: {
        type: 'string',
        title: 'Path',
        description,
        minLength: 1,
        maxLength: 4096,
      },
      command: {
        type: 'array',
        title: 'Command',
        description:
          'How to start it; {port} and {host} stand for where it shall listen. From package.json when left out.',
        items: { type: 'string', maxLength: 4096 },
        minItems: 1,
        maxItems: 100,
      },
    },
  };
}

// A repository's own history says nothing about what runs.
function isLeftOut(path: string): boolean {
  return /(^|[\\/])\.git$/.test(path);
}

/** Over all files in order: path, whether it can be executed, content. Links that leave the folder are refused. */
async function directoryDigest(
  folder: string,
  limits: ArtifactLimits,
): Promise<string> {
  const hash = createHash('sha256');
  if (!(await stat(folder)).isDirectory())
    throw new InputError(`path '${folder}' is not a folder`);
  const size = new ArtifactSize('The folder', limits);
  await addFolder({ hash, size }, await realpath(folder), '');
  return `sha256:${hash.digest('hex')}`;
}

interface Digesting {
  hash: Hash;
  size: ArtifactSize;
}

async function addFolder(
  digesting: Digesting,
  root: string,
  at: string,
): Promise<void> {
  const { hash, size } = digesting;
  const entries = (await readdir(join(root, at))).sort();
  for (const entry of entries) {
    const path = join(at, entry);
    const full = join(root, path);
    if (isLeftOut(full)) continue;
    const stats = await lstat(full);
    size.add(stats.isFile() ? stats.size : 0);
    if (stats.isDirectory()) {
      await addFolder(digesting, root, path);
    } else if (stats.isSymbolicLink()) {
      const target = await realpath(full).catch(() => undefined);
      if (!target || !isInside(target, root))
        throw new InputError(`The link '${path}' leads out of the folder`);
      hash.update(`link ${path}\0${target.slice(root.length)}\0`);
    } else if (stats.isFile()) {
      const executable = (stats.mode & 0o100) !== 0;
      hash.update(`file ${path}\0${executable ? 'x' : '-'}\0${stats.size}\0`);
      for await (const chunk of createReadStream(full)) hash.update(chunk);
    } else {
      throw new InputError(
        `'${path}' is a pipe, socket or device; only files, folders and links inside the folder are taken`,
      );
    }
  }
}
