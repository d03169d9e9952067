import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readBlob, readTree } from 'isomorphic-git';
import fs from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';

/**
 * Writes a commit's files below a directory; files there of the same names are replaced. File modes do not depend on
 * the umask, so that an archive made of them is the same everywhere.
 *
 * @returns the paths written, in order
 */
export async function writeCheckout(options: {
  gitdir: string;
  commitSha: string;
  directory: string;
}): Promise<string[]> {
  const { gitdir, commitSha, directory } = options;
  const written: string[] = [];

  const write = async (oid: string, prefix: string) => {
    const { tree } = await readTree({ fs, gitdir, oid });
    for (const entry of tree) {
      const relative = prefix ? `${prefix}/${entry.path}` : entry.path;
      const file = resolveSafeChildPath(directory, relative);
      if (entry.type === 'tree') {
        await mkdir(file, { recursive: true });
        await write(entry.oid, relative);
        continue;
      }
      if (entry.type !== 'blob') {
        throw new InputError(
          `${relative} is a git submodule; those are not supported here`,
        );
      }
      const { blob } = await readBlob({ fs, gitdir, oid: entry.oid });
      await rm(file, { force: true });
      if (entry.mode === '120000') {
        await symlink(Buffer.from(blob).toString('utf8'), file);
      } else {
        await writeFile(file, blob);
        await chmod(file, entry.mode === '100755' ? 0o755 : 0o644);
      }
      written.push(relative);
    }
  };

  await mkdir(directory, { recursive: true });
  await write(commitSha, '');
  return written;
}
