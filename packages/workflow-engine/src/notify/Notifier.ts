import { EventEmitter } from 'node:events';
import type { Knex } from 'knex';

/** Wakes other engines. Only a hint: whoever misses one finds the work at the next poll. */
export interface Notifier {
  start(onWake: (runIds: string[]) => void): Promise<void>;
  stop(): Promise<void>;
  /** Says that a committed transaction changed a run. */
  publish(runId: string): void;
}

// Engines that share a SQLite database share its one connection, so the knex client stands for it.
const channels = new WeakMap<object, EventEmitter>();

/** Wakes engines in this process, which on SQLite is all there are. */
export class LocalNotifier implements Notifier {
  readonly #channel: EventEmitter;
  #listener?: (from: string, runId: string) => void;

  constructor(
    knex: Knex,
    private readonly owner: string,
  ) {
    let channel = channels.get(knex.client);
    if (!channel) {
      channel = new EventEmitter().setMaxListeners(0);
      channels.set(knex.client, channel);
    }
    this.#channel = channel;
  }

  async start(onWake: (runIds: string[]) => void): Promise<void> {
    this.#listener = (from, runId) => {
      if (from !== this.owner) {
        onWake([runId]);
      }
    };
    this.#channel.on('change', this.#listener);
  }

  async stop(): Promise<void> {
    if (this.#listener) {
      this.#channel.off('change', this.#listener);
    }
  }

  publish(runId: string): void {
    this.#channel.emit('change', this.owner, runId);
  }
}
