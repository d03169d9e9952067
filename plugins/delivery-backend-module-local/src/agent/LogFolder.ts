import type { LogLine } from '@slipway/backstage-plugin-delivery-common';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InstanceLog } from './InstanceLog';
import type { LogLimits } from './protocol';

interface LogFile {
  path: string;
  instance: string;
  size: number;
  changedAt: number;
}

/** The log files of a target, by release and copy. The oldest of copies that are gone make room for new ones. */
export class LogFolder {
  constructor(
    private readonly folder: string,
    private readonly limits: LogLimits,
  ) {}

  /** `running` are the copies whose files are in use. */
  open(releaseId: string, instance: string, running: string[]): InstanceLog {
    this.#makeRoom(running);
    const path = join(this.folder, releaseId, `${instance}.log`);
    return new InstanceLog(path, instance, this.limits);
  }

  /** The last lines of all copies of a release, oldest first. */
  last(releaseId: string, tail: number): LogLine[] {
    const lines = files(join(this.folder, releaseId)).flatMap(({ path }) =>
      readLines(path).slice(-tail),
    );
    return lines.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-tail);
  }

  #makeRoom(running: string[]): void {
    const all = subfolders(this.folder).flatMap(files);
    let size = all.reduce((sum, file) => sum + file.size, 0);
    const old = all
      .filter(({ instance }) => !running.includes(instance))
      .sort((a, b) => a.changedAt - b.changedAt);
    for (const file of old) {
      if (size <= this.limits.maxTotalBytes) return;
      rmSync(file.path, { force: true });
      size -= file.size;
    }
  }
}

function subfolders(folder: string): string[] {
  return names(folder).map(name => join(folder, name));
}

function files(folder: string): LogFile[] {
  return names(folder).flatMap(name => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return [];
    const [instance] = name.split('.');
    return [{ path, instance, size: stat.size, changedAt: stat.mtimeMs }];
  });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was written yet.
    return [];
  }
}

function readLines(path: string): LogLine[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return content.split('\n').flatMap(line => {
    try {
      return line ? [JSON.parse(line) as LogLine] : [];
    } catch {
      // A line that was cut off by a crash.
      return [];
    }
  });
}
