import { InputError } from '@backstage/errors';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { allowedPath, isInside } from './allowedPath';
import type { ArtifactSource } from './ArtifactSource';
import { startCommand } from './startCommand';

/** A folder of this machine, copied when it is first rolled out. */
export function directoryArtifact(roots: string[]): ArtifactSource {
  return {
    kind: 'directory',
    title: 'Folder on this machine',
    schema: pathSchema('Folder, under delivery.local.artifactRoots'),

    async resolve(spec, { expectedDigest }) {
      const path = await allowedPath(String(spec.path), roots);
      const digest = await directoryDigest(path);
      if (expectedDigest && expectedDigest !== digest)
        throw new InputError(
          `'${spec.path}' has the digest ${digest}, not ${expectedDigest}`,
        );
      return {
        kind: 'directory',
        reference: basename(path),
        digest,
        spec: { ...spec, path },
      };
    },

    async fetch(artifact, folder) {
      const path = await allowedPath(String(artifact.spec.path), roots);
      await cp(path, folder, {
        recursive: true,
        verbatimSymlinks: true,
        filter: source => !isLeftOut(source),
      });
      const digest = await directoryDigest(folder);
      if (digest !== artifact.digest)
        throw new InputError(
          `'${artifact.reference}' has changed since it was released (now ${digest}); make a new release of it`,
        );
    },

    command: (artifact, folder) => startCommand(folder, artifact.spec.command),
  };
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
          'How to start it; {port} and {host} stand for where it shall listen. From package.json when left out',
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
async function directoryDigest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  await addFolder(hash, await realpath(folder), '');
  return `sha256:${hash.digest('hex')}`;
}

async function addFolder(hash: Hash, root: string, at: string): Promise<void> {
  const entries = (await readdir(join(root, at))).sort();
  for (const entry of entries) {
    const path = join(at, entry);
    const full = join(root, path);
    if (isLeftOut(full)) continue;
    const stat = await lstat(full);
    if (stat.isDirectory()) {
      await addFolder(hash, root, path);
    } else if (stat.isSymbolicLink()) {
      const target = await realpath(full).catch(() => undefined);
      if (!target || !isInside(target, root))
        throw new InputError(`The link '${path}' leads out of the folder`);
      hash.update(`link ${path}\0${target.slice(root.length)}\0`);
    } else if (stat.isFile()) {
      const executable = (stat.mode & 0o100) !== 0;
      hash.update(`file ${path}\0${executable ? 'x' : '-'}\0${stat.size}\0`);
      for await (const chunk of createReadStream(full)) hash.update(chunk);
    }
  }
}
