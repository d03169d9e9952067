import { readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine that name a folder in their command line or environment (Linux). */
export function processesWith(folder: string) {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({
      pid: Number(name),
      command: read(`/proc/${name}/cmdline`),
      environment: read(`/proc/${name}/environ`),
    }))
    .filter(
      ({ command, environment }) =>
        command.includes(folder) || environment.includes(folder),
    )
    .map(({ pid, command, environment }) => ({
      pid,
      command: command.replaceAll('\0', ' ').trim(),
      version: /(?:^|\0)VERSION=([^\0]*)/.exec(environment)?.[1],
    }));
}

/** Empty for what has ended meanwhile or is somebody else's. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
