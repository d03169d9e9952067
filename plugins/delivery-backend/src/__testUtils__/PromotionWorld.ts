import type { EffectRequest } from '@slipway/workflow-engine';
import type { AnyPromotionCommand } from '../domain/promotion/commands';
import { decide } from '../domain/promotion/decide';
import type {
  LaunchResult,
  PromotionEffect,
  ReturnResult,
} from '../domain/promotion/effects';
import type { SeenRollout } from '../domain/promotion/events';
import { evolve } from '../domain/promotion/evolve';
import { pendingOf } from '../domain/promotion/pending';
import { hasEnded, type PromotionState } from '../domain/promotion/state';

interface Running extends SeenRollout {
  place: string;
  componentRef: string;
  environmentRef: string;
  inTurn: boolean;
  kind: 'rollout' | 'rollback';
  gatesOpen: boolean;
}

/** Rollouts as they could go, and a promotion among them. What is asked for happens at a moment that the test chooses. */
export class PromotionWorld {
  state: PromotionState | undefined;
  now = 1_000_000;
  readonly effects = new Map<string, EffectRequest<PromotionEffect>>();
  readonly timers = new Map<string, number>();
  readonly rollouts: Running[] = [];
  readonly launches = new Map<string, string>();
  /** Begun, in order. */
  readonly began: string[] = [];

  submit(command: AnyPromotionCommand): void {
    const before = this.state;
    if (before && hasEnded(before)) return;
    const decision = decide(before, command, { now: this.now });
    if ('key' in command) this.effects.delete(command.key);
    if ('firedAt' in command) this.timers.delete(command.name);
    for (const event of decision.events) this.state = evolve(this.state, event);
    for (const key of decision.cancelEffects ?? []) this.effects.delete(key);
    for (const effect of decision.effects ?? []) {
      if (this.effects.has(effect.key))
        throw new Error(`${effect.key} is open already`);
      this.effects.set(effect.key, effect);
    }
    for (const { name, at } of decision.timers ?? [])
      if (at === null) this.timers.delete(name);
      else this.timers.set(name, at);
    this.check();
  }

  /** What is open is what is pending, and a run that waits for nothing has a name for it. */
  private check(): void {
    const pending = pendingOf(this.state as PromotionState);
    const open = [...this.effects.keys()].sort().join();
    const wanted = pending.effects.map(({ key }) => key).sort();
    if (open !== wanted.join())
      throw new Error(`Open is ${open}, wanted is ${wanted}`);
    if (
      pending.status.kind === 'running' &&
      this.effects.size + this.timers.size === 0
    )
      throw new Error('It would sleep for ever');
  }

  /** Carries out one of the open effects. */
  work(pick: number, fate: number): void {
    const open = [...this.effects.values()];
    if (!open.length) return;
    const { key, effect } = open[pick % open.length];
    const result = this.result(effect, fate);
    if (result === undefined) return;
    this.submit({
      type: 'effect.succeeded',
      key,
      kind: effect.kind,
      result: JSON.parse(JSON.stringify(result)),
      attempts: 1,
    });
  }

  private result(
    effect: PromotionEffect,
    fate: number,
  ): LaunchResult | ReturnResult | SeenRollout[] | object | undefined {
    switch (effect.kind) {
      case 'delivery.promotion.launch':
        return this.launch(effect, fate);
      case 'delivery.promotion.recall': {
        const rolloutId = this.launches.get(slotOf(effect));
        return rolloutId
          ? { kind: 'launched', rolloutId }
          : { kind: 'refused', message: 'never' };
      }
      case 'delivery.promotion.follow': {
        const news = effect.rollouts.flatMap(known => {
          const seen = this.rollouts.find(({ id }) => id === known.id);
          const changed =
            seen &&
            (seen.phase !== known.phase ||
              (known.isReady !== undefined && seen.isReady !== known.isReady));
          return changed ? [seen] : [];
        });
        return news.length ? news : undefined;
      }
      case 'delivery.promotion.turn': {
        const rollout = this.find(effect.rolloutId);
        rollout.inTurn = false;
        rollout.isReady = false;
        return {};
      }
      case 'delivery.promotion.abort': {
        const rollout = this.find(effect.rolloutId);
        if (!isOver(rollout)) rollout.phase = 'aborted';
        return undefined;
      }
      default:
        return this.giveBack(effect);
    }
  }

  private launch(
    effect: Extract<PromotionEffect, { kind: 'delivery.promotion.launch' }>,
    fate: number,
  ): LaunchResult {
    if (effect.isAutomatic && fate % 7 === 0)
      return { kind: 'onHold', message: 'pinned' };
    if (fate % 11 === 1) return { kind: 'skipped', message: 'runs there' };
    if (fate % 13 === 2) return { kind: 'refused', message: 'no' };
    const slot = slotOf(effect);
    if (this.launches.has(slot)) throw new Error(`${slot} is launched twice`);
    const id = `rollout-${this.rollouts.length}`;
    this.launches.set(slot, id);
    this.rollouts.push({
      id,
      place: `${effect.stage}/${effect.componentRef}`,
      componentRef: effect.componentRef,
      environmentRef: effect.environmentRef,
      phase: 'held',
      hasBegun: false,
      isReady: false,
      inTurn: effect.inTurn,
      kind: 'rollout',
      gatesOpen: false,
    });
    return { kind: 'launched', rolloutId: id };
  }

  private giveBack(
    effect: Extract<PromotionEffect, { kind: 'delivery.promotion.return' }>,
  ): ReturnResult {
    const id = `rollout-${this.rollouts.length}`;
    this.rollouts.push({
      id,
      place: `${effect.stage}/${effect.componentRef}`,
      componentRef: effect.componentRef,
      environmentRef: effect.environmentRef,
      phase: 'progressing',
      hasBegun: true,
      isReady: false,
      inTurn: false,
      kind: 'rollback',
      gatesOpen: true,
    });
    return { kind: 'returning', rollbackId: id };
  }

  /** One of the rollouts goes on by itself. */
  rolloutMoves(pick: number, fate: number): void {
    const going = this.rollouts.filter(rollout => !isOver(rollout));
    if (!going.length) return;
    const rollout = going[pick % going.length];
    if (rollout.phase !== 'held') {
      rollout.phase = fate % 4 === 0 ? 'rolledBack' : 'succeeded';
      return;
    }
    if (!rollout.gatesOpen) {
      if (fate % 9 === 0) rollout.phase = 'aborted';
      rollout.gatesOpen = true;
      rollout.isReady = rollout.inTurn;
      return;
    }
    if (rollout.inTurn) return;
    rollout.phase = 'progressing';
    rollout.hasBegun = true;
    rollout.previousReleaseId = fate % 5 === 0 ? undefined : 'before';
    this.began.push(rollout.place);
  }

  timePasses(ms: number): void {
    this.now += ms;
    for (const [name, at] of [...this.timers])
      if (at <= this.now && this.timers.get(name) === at)
        this.submit({ type: 'timer.fired', name, firedAt: this.now });
  }

  private find(id: string): Running {
    const rollout = this.rollouts.find(each => each.id === id);
    if (!rollout) throw new Error(`No rollout ${id}`);
    return rollout;
  }

  /** Which of the releases run where, by the rollouts. */
  moved(environmentRef: string): string[] {
    const last = new Map<string, Running>();
    for (const rollout of this.rollouts)
      if (
        rollout.environmentRef === environmentRef &&
        rollout.phase === 'succeeded'
      )
        last.set(rollout.componentRef, rollout);
    return [...last.values()]
      .filter(({ kind }) => kind === 'rollout')
      .map(rollout => rollout.componentRef);
  }
}

function slotOf(effect: {
  stage: string;
  componentRef: string;
  attempt: number;
}): string {
  return `${effect.stage}/${effect.componentRef}/${effect.attempt}`;
}

export function isOver({ phase }: SeenRollout): boolean {
  return ['succeeded', 'rolledBack', 'aborted'].includes(phase);
}
