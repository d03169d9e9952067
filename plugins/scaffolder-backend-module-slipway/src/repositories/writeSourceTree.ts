import { InputError } from '@backstage/errors';
import { type TreeEntry, writeBlob, writeTree } from 'isomorphic-git';
import fs from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a directory's files into a repository's object store and answers the tree's id. `.git` directories are left
 * out, and so are empty directories, which git cannot hold.
 */
export async function writeSourceTree(
  gitdir: string,
  directory: string,
): Promise<string> {
  const write = async (current: string): Promise<TreeEntry[]> => {
    const entries: TreeEntry[] = [];
    for (const name of (await readdir(current)).sort()) {
      if (name === '.git') continue;
      const file = path.join(current, name);
      const stat = await lstat(file);
      if (stat.isDirectory()) {
        const children = await write(file);
        if (children.length === 0) continue;
        const oid = await writeTree({ fs, gitdir, tree: children });
        entries.push({ mode: '040000', path: name, oid, type: 'tree' });
      } else if (stat.isSymbolicLink()) {
        const target = await readlink(file);
        assertInside(directory, file, target);
        const oid = await writeBlob({ fs, gitdir, blob: Buffer.from(target) });
        entries.push({ mode: '120000', path: name, oid, type: 'blob' });
      } else if (stat.isFile()) {
        const oid = await writeBlob({ fs, gitdir, blob: await readFile(file) });
        const mode = stat.mode & 0o111 ? '100755' : '100644';
        entries.push({ mode, path: name, oid, type: 'blob' });
      } else {
        throw new InputError(
          `${path.relative(directory, file)} is neither a file nor a directory nor a link`,
        );
      }
    }
    return entries;
  };

  const entries = await write(directory);
  if (entries.length === 0) {
    throw new InputError(
      'There is nothing to publish: the source directory is empty',
    );
  }
  return writeTree({ fs, gitdir, tree: entries });
}

/** A link out of the tree would mean another file wherever the repository is checked out. */
function assertInside(root: string, link: string, target: string) {
  const relative = path.relative(
    root,
    path.resolve(path.dirname(link), target),
  );
  if (
    path.isAbsolute(target) ||
    relative === '..' ||
    relative.startsWith(`..${path.sep}`)
  ) {
    throw new InputError(
      `The link ${path.relative(root, link)} leads out of the source directory`,
    );
  }
}
