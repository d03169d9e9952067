import { ConflictError, InputError } from '@backstage/errors';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type {
  EffectOutcome,
  EngineCommand,
  JsonValue,
} from '@slipway/workflow-engine';
import { NotRetryableError } from '@slipway/workflow-engine';
import { type ChangeCommand, inheritanceOf } from '../domain/change/commands';
import { decide } from '../domain/change/decide';
import type { ChangeEffect } from '../domain/change/effects';
import type { ChangeEvent } from '../domain/change/events';
import { evolve } from '../domain/change/evolve';
import { pendingOf } from '../domain/change/pending';
import { type ChangeState, hasEnded } from '../domain/change/state';
import { createChangeEffects } from '../effects/changeEffects';
import type { ReplicaMeans } from '../effects/ReplicaMeans';

/** How the next write goes. `late`: nobody waits for it any more, and it arrives afterwards. */
export type Fate = 'works' | 'fails' | 'fails-after' | 'refused' | 'late';

/** Where changes act: one workload, with a fence as providers keep it. */
export class RehearsedWorld implements ReplicaMeans {
  fence = 0;
  fate: Fate = 'works';
  readonly late: Array<() => void> = [];
  readonly fences: number[] = [];

  constructor(public setting: ReplicaSetting | undefined) {}

  async read(): Promise<ReplicaSetting | undefined> {
    return this.setting;
  }

  async write(
    _target: unknown,
    setting: ReplicaSetting | undefined,
    { fence }: { fence: number },
  ): Promise<'done'> {
    const { fate } = this;
    this.fate = 'works';
    const act = () => {
      if (fence < this.fence) throw new ConflictError('This comes too late');
      this.fence = fence;
      this.fences.push(fence);
      if (this.setting && setting) this.setting = setting;
    };
    if (setting && fate === 'refused')
      throw new InputError('It is not allowed');
    if (fate === 'fails') throw new Error('It does not answer');
    if (fate === 'late') {
      this.late.push(act);
      throw new Error('It does not answer in time');
    }
    act();
    if (fate === 'fails-after') throw new Error('It answered too late');
    return 'done';
  }

  async leave(target: unknown, context: { fence: number }): Promise<void> {
    await this.write(target, undefined, context);
  }
}

/** One run as the engine drives it: commands that throw change nothing, timers fire when they are due. */
export class ChangeRehearsal {
  state: ChangeState | undefined;
  readonly events: ChangeEvent[] = [];
  #attempts = 0;
  readonly #handlers;

  constructor(
    world: RehearsedWorld,
    private readonly clock: { now: number },
  ) {
    this.#handlers = createChangeEffects({ provider: world, delivery: world });
  }

  tell(command: ChangeCommand | EngineCommand): void {
    if (this.state && hasEnded(this.state)) return;
    try {
      const { events } = decide(this.state, command, this.clock);
      this.events.push(...events);
      this.state = events.reduce(evolve, this.state);
    } catch (error) {
      if ((error as Error).name !== 'ConflictError') throw error;
    }
  }

  /** Takes one step of what is pending, if an effect is. */
  async work(): Promise<void> {
    const [request] = pendingOf(this.state!).effects;
    if (!request) return;
    const { effect, key } = request;
    this.#attempts += 1;
    const attempts = this.#attempts;
    try {
      const outcome = await this.#carryOut(effect as ChangeEffect, key);
      if (outcome.kind === 'again') return;
      this.#attempts = 0;
      this.tell({
        type: 'effect.succeeded',
        key,
        kind: effect.kind,
        result: outcome.result as JsonValue,
        attempts,
      });
    } catch (error) {
      const forGood = error instanceof NotRetryableError;
      if (!forGood && attempts < request.retry!.maxAttempts!) return;
      this.#attempts = 0;
      const { name, message } = error as Error;
      this.tell({
        type: 'effect.failed',
        key,
        kind: effect.kind,
        error: { name, message },
        attempts,
        reason: forGood ? 'not-retryable' : 'exhausted',
      });
    }
  }

  ring(): void {
    for (const [name, at] of Object.entries(pendingOf(this.state!).timers))
      if (at <= this.clock.now)
        this.tell({ type: 'timer.fired', name, firedAt: this.clock.now });
  }

  /** What its successor puts back. */
  get legacy() {
    return this.state && inheritanceOf(this.state);
  }

  #carryOut(effect: ChangeEffect, key: string): Promise<EffectOutcome> {
    const handler = this.#handlers[effect.kind] as (
      effect: ChangeEffect,
      context: unknown,
    ) => Promise<EffectOutcome>;
    return handler(effect, {
      key,
      runId: 'run',
      signal: new AbortController().signal,
    });
  }
}
