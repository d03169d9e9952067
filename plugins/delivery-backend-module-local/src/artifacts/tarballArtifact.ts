import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, list, Parser, type ReadEntry } from 'tar';
import { allowedPath } from './allowedPath';
import type { ArtifactSource } from './ArtifactSource';
import { pathSchema } from './directoryArtifact';
import {
  dependenciesOfFiles,
  npmFiles,
  type NpmFiles,
} from './npmDependencies';
import { checkPlaceholders } from './placeholders';
import { type ArtifactLimits, ArtifactSize } from './size';
import { startCommand } from './startCommand';

/** A tar archive (plain or gzip) on this machine. */
export function tarballArtifact(
  roots: string[],
  limits: ArtifactLimits,
): ArtifactSource {
  return {
    kind: 'tarball',
    title: 'Tar archive on this machine',
    schema: pathSchema('Archive, under delivery.local.artifactRoots'),

    async resolve(spec, { expectedDigest }) {
      checkPlaceholders(spec.command, 'command');
      const path = await allowedPath(String(spec.path), roots);
      await checkIsFile(path);
      const digest = await fileDigest(path);
      if (expectedDigest && expectedDigest !== digest)
        throw new InputError(
          `'${spec.path}' has the digest ${digest}, not ${expectedDigest}`,
        );
      await checkEntries(path, limits);
      const dependencies = dependenciesOfFiles(await readNpmFiles(path));
      return {
        kind: 'tarball',
        reference: basename(path),
        digest,
        spec: { ...spec, path },
        ...(dependencies && { dependencies }),
      };
    },

    async fetch(artifact, folder) {
      const path = await allowedPath(String(artifact.spec.path), roots);
      const digest = await fileDigest(path);
      if (digest !== artifact.digest)
        throw new InputError(
          `'${artifact.reference}' has changed since it was released (now ${digest}); make a new release of it`,
        );
      await checkEntries(path, limits);
      await extract({
        file: path,
        cwd: folder,
        strict: true,
        // Owners and special permissions that an archive names are nobody's here.
        preserveOwner: false,
        onReadEntry: entry => {
          entry.mode = (entry.mode ?? 0o644) & 0o777;
        },
      });
    },

    command: (artifact, folder) => startCommand(folder, artifact.spec.command),
  };
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

async function checkIsFile(path: string): Promise<void> {
  if (!(await stat(path)).isFile())
    throw new InputError(`path '${path}' is not a file; name a tar archive`);
}

/** Refuses an archive that would write outside its folder, or fill the disk. Reads no further than to the reason. */
async function checkEntries(
  file: string,
  limits: ArtifactLimits,
): Promise<void> {
  const size = new ArtifactSize('The archive', limits);
  const source = createReadStream(file);
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      try {
        size.add(entry.size);
        const problem = entryProblem(entry);
        if (problem) throw new InputError(problem);
        entry.resume();
      } catch (error) {
        source.destroy(error as Error);
      }
    },
  });
  try {
    // Its own type is older than that of Node's streams.
    await pipeline(source, parser as unknown as NodeJS.WritableStream);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `path: it is not a readable tar archive: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Of an archive that was checked. */
async function readNpmFiles(file: string): Promise<NpmFiles> {
  const files: NpmFiles = {};
  const reading: Array<Promise<void>> = [];
  await list({
    file,
    onReadEntry: entry => {
      const name = npmFiles.find(each => each === normalize(entry.path));
      if (name)
        reading.push(
          entry.concat().then(content => {
            files[name] = content.toString('utf8');
          }),
        );
    },
  });
  await Promise.all(reading);
  return files;
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
