import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AgentSettings } from '../agent/protocol';

const startTimeoutMs = 20_000;

/** Starts the agent, so that one runs for a data folder however many ask at once. */
export class AgentProcess {
  #starting?: Promise<void>;

  constructor(private readonly settings: AgentSettings) {}

  /** Resolves when the agent answers. Throws with the agent's own last words when it does not come up. */
  start(answers: () => Promise<boolean>): Promise<void> {
    this.#starting ??= this.#start(answers).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(answers: () => Promise<boolean>): Promise<void> {
    const { dataDirectory } = this.settings;
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    if (await answers()) return;
    const logPath = join(dataDirectory, 'agent.log');
    const lock = join(dataDirectory, 'agent.lock');
    // Of several backends on one machine, one starts it and the others wait for its answer.
    const mine = takeLock(lock);
    try {
      if (mine) this.#spawn(logPath);
      const end = Date.now() + startTimeoutMs;
      while (!(await answers())) {
        if (Date.now() > end)
          throw new Error(
            `The agent of the embedded runtime does not come up: ${lastLine(logPath)}`,
          );
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
    } finally {
      if (mine) rmSync(lock, { force: true });
    }
  }

  #spawn(logPath: string): void {
    const settingsFile = join(this.settings.dataDirectory, 'agent.json');
    writeFileSync(settingsFile, JSON.stringify(this.settings));
    const log = openSync(logPath, 'a', 0o600);
    const child = spawn(
      process.execPath,
      [...loaderArguments(), agentEntry(), settingsFile],
      {
        // Outlives the backend, so that traffic does not stop when the backend is restarted.
        detached: true,
        stdio: ['ignore', log, log],
        // Nothing of the backend's environment reaches what the agent starts; it needs little itself.
        env: agentEnvironment(),
      },
    );
    closeSync(log);
    child.unref();
  }
}

const passedOn = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ', 'SYSTEMROOT'];

function agentEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    passedOn.flatMap(name => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ) as NodeJS.ProcessEnv;
}

const fromSources = __filename.endsWith('.ts');

function agentEntry(): string {
  return require.resolve('@slipway/backstage-plugin-delivery-backend-module-local/agent');
}

// From sources the agent needs what lets Node run TypeScript, which the Backstage CLI brings.
function loaderArguments(): string[] {
  return fromSources
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
}

function takeLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(readFileSync(path, 'utf8'));
    if (isRunning(holder)) return false;
    // Left by a process that ended while it started the agent.
    writeFileSync(path, String(process.pid));
    return true;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

function lastLine(path: string): string {
  try {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    return lines.at(-1) ?? '';
  } catch {
    return 'it wrote nothing';
  }
}
