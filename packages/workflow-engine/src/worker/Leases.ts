import type { EngineLogger } from '../api/engine';
import { describeError } from '../errorSummary';
import type { EffectStore } from '../store/EffectStore';
import type { LeasedEffect } from '../store/rows';

/** An effect that is being worked on here. */
export interface Held {
  effect: LeasedEffect;
  abort: AbortController;
}

class LeaseLostError extends Error {
  readonly name = 'LeaseLostError';
}

class EffectCancelledError extends Error {
  readonly name = 'EffectCancelledError';
}

/** The leases that this engine holds: beats their hearts and notices when one is gone. */
export class Leases {
  readonly #held = new Map<number, Held>();
  #timer?: NodeJS.Timeout;
  #renewing?: Promise<void>;

  constructor(
    private readonly effects: EffectStore,
    private readonly leaseMs: number,
    private readonly logger: EngineLogger,
  ) {}

  start(): void {
    this.#timer = setInterval(
      () => void this.renew(),
      this.leaseMs / 3,
    ).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  hold(effect: LeasedEffect): Held {
    const held = { effect, abort: new AbortController() };
    this.#held.set(effect.id, held);
    return held;
  }

  drop(held: Held): void {
    if (this.#held.get(held.effect.id) === held) {
      this.#held.delete(held.effect.id);
    }
  }

  all(): Held[] {
    return [...this.#held.values()];
  }

  /** Aborts those of the effects that run here; the rows are gone already. */
  cancel(effectIds: number[]): void {
    for (const id of effectIds) {
      this.#held
        .get(id)
        ?.abort.abort(
          new EffectCancelledError('The run does not want the effect any more'),
        );
    }
  }

  /** Looks after leases of these runs at once: another process may have cancelled their effects. */
  async check(runIds: string[]): Promise<void> {
    if (this.all().some(({ effect }) => runIds.includes(effect.runId))) {
      await this.renew();
    }
  }

  async renew(): Promise<void> {
    this.#renewing ??= this.#renewAll().finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  async #renewAll(): Promise<void> {
    const held = this.all();
    if (held.length === 0) {
      return;
    }
    try {
      const lost = await this.effects.renew(
        held.map(({ effect }) => effect),
        this.leaseMs,
      );
      for (const { effect, abort } of held) {
        if (lost.has(effect.id)) {
          abort.abort(
            new LeaseLostError(
              'Another worker took over, or the run let go of the effect',
            ),
          );
        }
      }
    } catch (error) {
      this.logger.warn(
        `Leases could not be renewed; trying again in ${this.leaseMs / 3} ms: ${describeError(error)}`,
      );
    }
  }
}
