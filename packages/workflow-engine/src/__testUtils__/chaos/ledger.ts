import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * The world outside: what effects did, one file for each. Survives every worker, and sees what it was told twice.
 */
export class Ledger {
  constructor(private readonly directory: string) {}

  has(runId: string, key: string): boolean {
    return existsSync(this.#file(runId, key));
  }

  /** The first to act makes the file; whoever acts again although it is there is written down. */
  act(runId: string, key: string, epoch: number): void {
    try {
      writeFileSync(this.#file(runId, key), String(epoch), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      appendFileSync(join(this.directory, 'twice'), `${runId}/${key}\n`);
    }
  }

  /** What was done twice. */
  twice(): string[] {
    const path = join(this.directory, 'twice');
    return existsSync(path)
      ? readFileSync(path, 'utf8').trim().split('\n')
      : [];
  }

  /** Epochs under which effects were done, by `<run> <key>`. */
  done(): Map<string, number> {
    return new Map(
      readdirSync(this.directory)
        .filter(name => name !== 'twice')
        .map(name => [
          name,
          Number(readFileSync(join(this.directory, name), 'utf8')),
        ]),
    );
  }

  #file(runId: string, key: string): string {
    return join(this.directory, `${runId} ${key}`);
  }
}
