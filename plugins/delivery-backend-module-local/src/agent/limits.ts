import { readFileSync } from 'node:fs';
import type { MemberProcess } from './ProcessTable';
import type { ProcessLimits } from './protocol';

const MiB = 2 ** 20;

/** Which limit the processes of a copy exceed, in words. */
export function exceeded(
  processes: MemberProcess[],
  limits: ProcessLimits,
): string | undefined {
  const bytes = processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0);
  if (bytes > limits.memoryMiB * MiB)
    return `used ${Math.round(bytes / MiB)} MiB of memory, more than its limit of ${limits.memoryMiB} MiB`;
  if (processes.length > limits.processes)
    return `had ${processes.length} processes, more than its limit of ${limits.processes}`;
  return undefined;
}

/**
 * A command that runs another one with a limit of open files, as the same process. Both the soft and the hard limit
 * are set, because Node raises its soft limit to the hard one.
 */
export function withOpenFiles(command: string[], limit: number): string[] {
  return ['/bin/sh', '-c', 'ulimit -n "$0" && exec "$@"', `${limit}`].concat(
    command,
  );
}

/** No more than this process may give away itself. */
export function openFilesWithin(wanted: number): number {
  let limits = '';
  try {
    limits = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return wanted;
  }
  const [, hard] = /^Max open files +\S+ +(\d+)/m.exec(limits) ?? [];
  return hard === undefined ? wanted : Math.min(wanted, Number(hard));
}
