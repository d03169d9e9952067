import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, isAbsolute, normalize, sep } from 'node:path';
import { extract, list, type ReadEntry } from 'tar';
import { allowedPath } from './allowedPath';
import type { ArtifactSource } from './ArtifactSource';
import { pathSchema } from './directoryArtifact';
import { startCommand } from './startCommand';

const maxEntries = 50_000;
const maxBytes = 1024 * 1024 * 1024;

/** A tar archive (plain or gzip) on this machine. */
export function tarballArtifact(roots: string[]): ArtifactSource {
  return {
    kind: 'tarball',
    title: 'Tar archive on this machine',
    schema: pathSchema('Archive, under delivery.local.artifactRoots'),

    async resolve(spec, { expectedDigest }) {
      const path = await allowedPath(String(spec.path), roots);
      const digest = await fileDigest(path);
      if (expectedDigest && expectedDigest !== digest)
        throw new InputError(
          `'${spec.path}' has the digest ${digest}, not ${expectedDigest}`,
        );
      await checkEntries(path);
      return {
        kind: 'tarball',
        reference: basename(path),
        digest,
        spec: { ...spec, path },
      };
    },

    async fetch(artifact, folder) {
      const path = await allowedPath(String(artifact.spec.path), roots);
      const digest = await fileDigest(path);
      if (digest !== artifact.digest)
        throw new InputError(
          `'${artifact.reference}' has changed since it was released (now ${digest}); make a new release of it`,
        );
      await checkEntries(path);
      await extract({ file: path, cwd: folder, strict: true });
    },

    command: (artifact, folder) => startCommand(folder, artifact.spec.command),
  };
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

/** Refuses an archive that would write outside its folder, or fill the disk. */
async function checkEntries(file: string): Promise<void> {
  let entries = 0;
  let bytes = 0;
  let problem: string | undefined;
  await list({
    file,
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      entries += 1;
      bytes += entry.size;
      problem ??= entryProblem(entry);
    },
  }).catch(error => {
    throw new InputError(`It is not a readable tar archive: ${error.message}`);
  });
  if (problem) throw new InputError(problem);
  if (!entries) throw new InputError('The archive is empty');
  if (entries > maxEntries || bytes > maxBytes)
    throw new InputError(
      `The archive holds more than ${maxEntries} entries or ${maxBytes / 2 ** 20} MiB`,
    );
}

function entryProblem({ path, type, linkpath }: ReadEntry): string | undefined {
  if (leavesFolder(path))
    return `The archive's entry '${path}' leads out of it`;
  if (type === 'File' || type === 'Directory' || type === 'OldFile')
    return undefined;
  const isLink = type === 'SymbolicLink' || type === 'Link';
  return isLink
    ? `The archive holds the link '${path}' to '${linkpath}'; links are refused`
    : `The archive's entry '${path}' is a ${type}; only files and folders are taken`;
}

function leavesFolder(path: string): boolean {
  return isAbsolute(path) || normalize(path).split(sep).includes('..');
}
