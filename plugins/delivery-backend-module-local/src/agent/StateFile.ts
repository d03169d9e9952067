import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './errorCode';
import type { ProcessIdentity } from './processes';
import type { AgentDesired } from './protocol';

/** What the agent remembers over its own end. */
export interface AgentState {
  targets: Record<string, { port: number; desired: AgentDesired }>;
  /** What it had started, so that a next agent can clear away what is left. */
  processes: ProcessIdentity[];
}

/** Written as a whole or not at all. */
export class StateFile {
  #next?: AgentState;
  #writing?: Promise<void>;

  constructor(private readonly path: string) {}

  read(): AgentState {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return { targets: {}, processes: [] };
      throw error;
    }
  }

  /** Waits for the disk without keeping anybody else waiting. Of several states at once only the last is written. */
  write(state: AgentState): Promise<void> {
    this.#next = state;
    this.#writing ??= this.#writeNext();
    return this.#writing;
  }

  /** For a process that has no time left. */
  writeNow(state: AgentState): void {
    this.#next = undefined;
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.last`;
    writeFileSync(draft, JSON.stringify(state), { mode: 0o600, flush: true });
    renameSync(draft, this.path);
  }

  async #writeNext(): Promise<void> {
    try {
      while (this.#next) {
        const content = JSON.stringify(this.#next);
        this.#next = undefined;
        await mkdir(dirname(this.path), { recursive: true });
        const draft = `${this.path}.draft`;
        // It names environment variables of releases, which are nobody else's business.
        await writeFile(draft, content, { mode: 0o600, flush: true });
        await rename(draft, this.path);
      }
    } finally {
      this.#writing = undefined;
    }
  }
}
