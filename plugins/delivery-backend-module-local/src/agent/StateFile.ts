import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
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
  constructor(private readonly path: string) {}

  read(): AgentState {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return { targets: {}, processes: [] };
      throw error;
    }
  }

  write(state: AgentState): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.draft`;
    // It names environment variables of releases, which are nobody else's business.
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, JSON.stringify(state));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.path);
  }
}
