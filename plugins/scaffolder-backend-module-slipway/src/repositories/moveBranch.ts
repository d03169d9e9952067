import { ConflictError } from '@backstage/errors';
import { Errors, resolveRef } from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** The commit that a branch is at; `undefined` when it has none yet. */
export async function readBranch(
  gitdir: string,
  branch: string,
): Promise<string | undefined> {
  try {
    return await resolveRef({ fs, gitdir, ref: `refs/heads/${branch}` });
  } catch (error) {
    if (error instanceof Errors.NotFoundError) return undefined;
    throw error;
  }
}

/**
 * Moves a branch from the commit that it was seen at to another one, and refuses when it has moved since. isomorphic-git
 * has no such check, so this follows git's own lock protocol, which a `git push` at the same moment respects.
 */
export async function moveBranch(options: {
  gitdir: string;
  branch: string;
  from: string | undefined;
  to: string;
}): Promise<void> {
  const { gitdir, branch, from, to } = options;
  const file = path.join(gitdir, 'refs', 'heads', branch);
  const lock = `${file}.lock`;
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(lock, 'wx').catch(error => {
    if (error.code !== 'EEXIST') throw error;
    throw new ConflictError(
      `Somebody else is changing the branch '${branch}' at this moment; run this again. If nobody is, an earlier write was cut off: remove the branch's .lock file`,
    );
  });
  try {
    if ((await readBranch(gitdir, branch)) !== from) {
      throw new ConflictError(
        `The branch '${branch}' has got another commit in the meantime; run this again on top of it`,
      );
    }
    await handle.writeFile(`${to}\n`);
    await handle.sync();
    await handle.close();
    await rename(lock, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(lock, { force: true });
    throw error;
  }
}
