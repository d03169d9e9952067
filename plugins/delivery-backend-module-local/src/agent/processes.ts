import { readFileSync } from 'node:fs';
import { errorCode } from './errorCode';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** As the system counts it; empty where the system does not tell. */
  startTime: string;
}

/** Identifies a running process. */
export function identify(pid: number): ProcessIdentity {
  return { pid, startTime: startTime(pid) };
}

/** Whether this very process still runs. */
export function isAlive({
  pid,
  startTime: expected,
}: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return startTime(pid) === expected;
}

/** Signals a process and all that it started: each copy is the leader of its own group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody is left, or none that may be signalled: both leave nothing to do.
    if (!['ESRCH', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
  }
}

/** Ends one process at once. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets, which may hold spaces; start time is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
