import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import type { JourneyCommand } from './journey';
import type { FromWorker, ToWorker, WorkerConfig } from './workerProcess';

const ASK_AGAIN_MS = 1000;

/** Worker processes, and the runs that were asked of them. */
export class Fleet {
  readonly #workers = new Set<ChildProcess>();
  readonly #ready = new Set<ChildProcess>();
  readonly #asked = new Map<
    string,
    { command: JourneyCommand; again: NodeJS.Timeout }
  >();
  readonly events = new EventEmitter();
  kills = 0;

  constructor(
    private readonly config: Omit<WorkerConfig, 'clockOffsets'>,
    private readonly random: () => number,
  ) {}

  /** Those that are ready and not being killed. */
  get workers(): ChildProcess[] {
    return [...this.#ready];
  }

  /** Runs of which no worker has said yet that they are begun. */
  get unanswered(): number {
    return this.#asked.size;
  }

  async add(clockOffsets: number[] = []): Promise<ChildProcess> {
    const worker = fork(
      join(__dirname, 'workerProcess.ts'),
      [JSON.stringify({ ...this.config, clockOffsets })],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    this.#workers.add(worker);
    worker.once('exit', () => {
      this.#workers.delete(worker);
      this.#ready.delete(worker);
    });
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('exit', code =>
        reject(new Error(`A worker ended by itself, with ${code}`)),
      );
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') {
          this.#ready.add(worker);
          resolve();
        } else if (message.type === 'departed') {
          clearTimeout(this.#asked.get(message.runId)?.again);
          this.#asked.delete(message.runId);
        }
        this.events.emit(message.type, message, worker);
      });
    });
    await ready;
    return worker;
  }

  /** Asks a worker, and others after it, until one says that the run is begun. */
  depart(runId: string, command: JourneyCommand): void {
    const { workers } = this;
    const worker = workers[Math.floor(this.random() * workers.length)];
    if (worker?.connected) {
      const message: ToWorker = { depart: runId, command };
      // It may be dying.
      worker.send(message, () => undefined);
    }
    const again = setTimeout(() => this.depart(runId, command), ASK_AGAIN_MS);
    this.#asked.set(runId, { command, again });
  }

  async kill(worker: ChildProcess): Promise<void> {
    this.#ready.delete(worker);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    this.kills += 1;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.#workers].map(worker => this.kill(worker)));
  }

  /** For the end of a test, however it ended: also what is stopped dies. */
  async disband(): Promise<void> {
    for (const { again } of this.#asked.values()) {
      clearTimeout(again);
    }
    this.#asked.clear();
    await this.killAll();
  }
}
