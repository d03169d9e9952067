import { InputError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How unpacked software is started: by the command that its release names, else by `scripts.start` of its
 * package.json when that is a plain `node …`, else by its `main`.
 */
export async function startCommand(
  folder: string,
  command: unknown,
): Promise<string[]> {
  if (Array.isArray(command) && command.length)
    return withOurNode(command.map(String));
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').then(
    JSON.parse,
    () => ({}),
  );
  const start: unknown = manifest.scripts?.start;
  if (typeof start === 'string' && /^node [^&|;<>$`"']+$/.test(start))
    return withOurNode(start.trim().split(/\s+/));
  if (typeof manifest.main === 'string')
    return [process.execPath, manifest.main];
  throw new InputError(
    'command: it is not known how to start it; name a command, or give package.json a main or a start script of the form "node …"',
  );
}

// The Node that runs the portal is there for sure; one on the PATH may not be.
function withOurNode([file, ...args]: string[]): string[] {
  return [file === 'node' ? process.execPath : file, ...args];
}
