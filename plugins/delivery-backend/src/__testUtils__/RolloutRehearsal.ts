import { isDeepStrictEqual } from 'node:util';
import type {
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DesiredState,
  MeasuredSeries,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import type { EffectRequest, RunStatus } from '@slipway/workflow-engine';
import type {
  AnyRolloutCommand,
  RolloutCommand,
} from '../domain/rollout/commands';
import { compareSeries } from '../domain/analysis/comparison/compareSeries';
import type { GateFacts, WindowFacts } from '../domain/gates/facts';
import { decide } from '../domain/rollout/decide';
import type { RolloutEffect } from '../domain/rollout/effects';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import { evolve } from '../domain/rollout/evolve';
import type { RolloutState } from '../domain/rollout/state';
import { gateFacts } from './gateFacts';

/**
 * Carries a rollout through its decisions as the engine would, with a clock of its own, without a database. It holds
 * to the engine's rules, and throws when a decision breaks them.
 */
export class RolloutRehearsal {
  now = Date.UTC(2026, 0, 1);
  state?: RolloutState;
  status: RunStatus = { kind: 'running' };
  readonly events: RolloutDomainEvent[] = [];
  readonly effects = new Map<string, EffectRequest<RolloutEffect>>();
  readonly timers = new Map<string, number>();
  /** Everything the runtime was asked to bring about. */
  readonly desired: DesiredState[] = [];
  #windows?: WindowFacts;

  constructor(
    /** Whether windows are looked at as soon as that is asked for; else `lookAtWindows` does it. */
    private readonly looksAtOnce = true,
  ) {}

  /** What the windows say from now on that hold what is under way; nothing where there is none. */
  get windows(): WindowFacts | undefined {
    return this.#windows;
  }

  set windows(windows: WindowFacts | undefined) {
    this.#windows = windows;
    if (this.looksAtOnce) this.lookAtWindows();
  }

  /** Answers the look at windows that is pending, if there is one and something new to see. */
  lookAtWindows(): void {
    const look = [...this.effects.values()].find(
      ({ effect }) => effect.kind === 'delivery.windows',
    );
    if (look?.effect.kind !== 'delivery.windows') return;
    const windows = this.#windows;
    if (windows && isDeepStrictEqual(windows, look.effect.seen)) return;
    this.#succeeded(look.key, 'delivery.windows', {
      windows,
      ...(look.effect.facts && { facts: gateFacts([]) }),
    });
  }

  command(command: RolloutCommand): void {
    this.#decide(command);
  }

  /** Ends the pending effect of a kind well. */
  succeed(kind: RolloutEffect['kind'], result?: unknown): void {
    this.#succeeded(this.pending(kind).key, kind, result);
  }

  #succeeded(key: string, kind: RolloutEffect['kind'], result: unknown): void {
    this.#end(key);
    this.#decide({
      type: 'effect.succeeded',
      key,
      kind,
      result: JSON.parse(JSON.stringify(result ?? null)),
      attempts: 1,
    });
  }

  /** Ends the pending effect of a kind badly. */
  fail(
    kind: RolloutEffect['kind'],
    reason: 'exhausted' | 'deadline' | 'not-retryable',
    message = 'connection refused',
  ): void {
    const request = this.pending(kind);
    this.#end(request.key);
    this.#decide({
      type: 'effect.failed',
      key: request.key,
      kind,
      error: { name: 'Error', message },
      attempts: 8,
      reason,
    });
  }

  /** Lets the clock run to a timer and fires it. */
  fire(name: string): void {
    const at = this.timers.get(name);
    if (at === undefined) throw new Error(`No timer '${name}'`);
    this.now = Math.max(this.now, at);
    this.timers.delete(name);
    this.#decide({ type: 'timer.fired', name, firedAt: this.now });
  }

  /** The gates are looked at, and the target taken where that is wanted and it is free. */
  look(facts: GateFacts, free = true): void {
    const { effect } = this.pending('delivery.gates');
    if (effect.kind !== 'delivery.gates') throw new Error('unreachable');
    const request = this.state?.request;
    this.succeed('delivery.gates', {
      facts,
      ...(effect.take &&
        free && {
          taken: {
            previous: request?.previous,
            previousReplicas: request?.previousReplicas ?? 1,
            generation: request?.generation ?? 0,
          },
        }),
      ...(effect.take && !free && { busyWith: 'another' }),
    });
  }

  /** The runtime brings about just what it was last asked for. */
  converge(): void {
    const { effect } = this.pending('delivery.converge');
    if (effect.kind !== 'delivery.converge') throw new Error('unreachable');
    this.succeed('delivery.converge', observationOf(effect.desired));
  }

  /** The next measurement of a metric with conditions comes out with a value. */
  measure(value: MeasuredValue | { error: string }): void {
    this.#measured(false, value);
  }

  /** The next measurement of a metric with a comparison finds these points. */
  compare(series: MeasuredSeries | { error: string }): void {
    this.#measured(true, series);
  }

  #measured(
    comparison: boolean,
    result: MeasuredValue | MeasuredSeries | { error: string },
  ): void {
    const { key, effect } = this.pending(
      'delivery.measure',
      one =>
        one.kind === 'delivery.measure' &&
        (one.comparison !== undefined) === comparison,
    );
    if (effect.kind !== 'delivery.measure') throw new Error('unreachable');
    const measured =
      effect.comparison && 'canary' in result
        ? { comparison: compareSeries(result, effect.comparison) }
        : result;
    this.#succeeded(key, effect.kind, { metric: effect.metric, measured });
  }

  pending(
    kind: RolloutEffect['kind'],
    matches: (effect: RolloutEffect) => boolean = () => true,
  ): EffectRequest<RolloutEffect> {
    const request = [...this.effects.values()].find(
      ({ effect }) => effect.kind === kind && matches(effect),
    );
    if (!request)
      throw new Error(
        `No ${kind} is pending, only ${[...this.effects.keys()].join(', ')}`,
      );
    return request;
  }

  #end(key: string): void {
    this.effects.delete(key);
  }

  #decide(command: AnyRolloutCommand): void {
    if (isTerminal(this.status)) throw new Error('The run has ended');
    this.now += 1;
    const decision = decide(this.state, command, { now: this.now });
    this.events.push(...decision.events);
    this.state = decision.events.reduce<RolloutState | undefined>(
      evolve,
      this.state,
    );
    this.status = decision.status ?? this.status;
    for (const key of decision.cancelEffects ?? []) this.effects.delete(key);
    for (const request of decision.effects ?? []) {
      if (this.effects.has(request.key))
        throw new Error(`${request.key} is requested twice`);
      this.effects.set(request.key, request);
      if (request.effect.kind === 'delivery.converge')
        this.desired.push(request.effect.desired);
    }
    for (const { name, at } of decision.timers ?? [])
      if (at === null) this.timers.delete(name);
      else this.timers.set(name, at);
    if (isTerminal(this.status)) {
      this.effects.clear();
      this.timers.clear();
    } else if (
      this.status.kind === 'running' &&
      !this.effects.size &&
      !this.timers.size
    ) {
      throw new Error('The run stands without a wake time or a named wait');
    }
    if (this.looksAtOnce) this.lookAtWindows();
  }
}

function isTerminal(status: RunStatus): boolean {
  return status.kind !== 'running' && status.kind !== 'waiting';
}

/** What a target shows that is just as desired. */
export function observationOf(
  desired: DesiredState,
  overrides: { health?: VersionStatus['health']; converged?: boolean } = {},
): Observation {
  return {
    observedAt: '2026-01-01T00:00:00.000Z',
    converged: overrides.converged ?? true,
    versions: desired.versions.map(({ release, replicas, weight }, index) => ({
      releaseId: release.releaseId,
      desiredReplicas: replicas,
      replicas,
      readyReplicas: replicas,
      weight,
      health: index === 0 ? (overrides.health ?? 'healthy') : 'healthy',
      instances: [],
    })),
  };
}
