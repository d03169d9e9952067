import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { InstanceLog } from './InstanceLog';
import { withOpenFiles } from './limits';
import {
  endProcess,
  identify,
  type ProcessIdentity,
  signalGroup,
} from './processes';
import { INSTANCE_VARIABLE, type ProcessTable } from './ProcessTable';
import type { AgentVersion } from './protocol';

const killedMs = 5000;
// A pipe can stay open when a process is gone, in the hands of one that it has started.
const lastWordsMs = 300;

/** One start of a copy: a process with all that it starts itself, in a group of its own. */
export class Program {
  readonly #child: ChildProcess;
  #identity?: ProcessIdentity;
  #isOver = false;
  #cleared?: Promise<void>;

  /** Throws when the system refuses, as it does with an environment that is too large. */
  constructor(
    private readonly options: {
      launch: AgentVersion['launch'];
      port: number;
      /** By which processes that leave the group are known. */
      mark: string;
      log: InstanceLog;
      processes: ProcessTable;
      openFiles: number;
      /** Called at once when the process has ended or could not be started. */
      onExit(): void;
      /** Called soon after that, when its last words were read. */
      onEnd(how: string): void;
    },
  ) {
    const { launch, port, mark, log, openFiles } = options;
    const command = launch.command.map(part =>
      part.replaceAll('{port}', String(port)).replaceAll('{host}', '127.0.0.1'),
    );
    const [file, ...args] = withOpenFiles(command, openFiles);
    const child = spawn(file, args, {
      cwd: launch.cwd,
      env: {
        ...launch.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        [INSTANCE_VARIABLE]: mark,
      },
      // A group of its own, so that whatever it starts ends with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    if (child.stdout) log.capture(child.stdout, 'stdout');
    if (child.stderr) log.capture(child.stderr, 'stderr');
    child.on('error', error => {
      const why = existsSync(launch.cwd)
        ? error.message
        : `its folder ${launch.cwd} is gone`;
      this.#exited(`cannot be started: ${why}`);
    });
    child.on('exit', (code, signal) => this.#exited(howItEnded(code, signal)));
    if (child.pid !== undefined) this.#identity = identify(child.pid);
  }

  /** `undefined` when it has ended. */
  get identity(): ProcessIdentity | undefined {
    return this.#identity;
  }

  /** Resolves when nothing is left of one that has ended. */
  async cleared(): Promise<void> {
    await this.#cleared;
  }

  /** Ends it and all that it has started, gently first. Resolves when all are gone. */
  async end(graceMs: number): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (this.#identity) signalGroup(pid, 'SIGTERM');
    await until(() => !this.#identity, graceMs);
    signalGroup(pid, 'SIGKILL');
    await until(() => !this.#identity, killedMs);
    await this.#endStrays();
  }

  /** Ends it at once, with what it has started. */
  kill(): void {
    if (this.#child.pid !== undefined) signalGroup(this.#child.pid, 'SIGKILL');
    for (const { pid } of this.options.processes.of(this.options.mark))
      endProcess(pid);
  }

  #exited(how: string): void {
    const { pid } = this.#child;
    const { onExit, onEnd } = this.options;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#identity = undefined;
    onExit();
    // What it has started is not left without it.
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    this.#cleared = this.#endStrays();
    const closed = new Promise(resolve => {
      this.#child.once('close', resolve);
      setTimeout(resolve, lastWordsMs);
    });
    void closed.then(() => onEnd(how));
  }

  // Those that have left the group are found by their mark.
  async #endStrays(): Promise<void> {
    const { processes, mark } = this.options;
    await processes.scan();
    for (const stray of processes.of(mark)) endProcess(stray.pid);
  }
}

function howItEnded(code: number | null, signal: string | null): string {
  if (signal) return `ended by ${signal}`;
  // What a shell answers (POSIX, 2.8.2), and so does the one that sets the limits.
  if (code === 127) return 'cannot be started: its command was not found';
  if (code === 126) return 'cannot be started: its command is not executable';
  return `ended with code ${code}`;
}

/** Waits until something holds, or the time is over. */
async function until(holds: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!holds() && Date.now() < end)
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
}
