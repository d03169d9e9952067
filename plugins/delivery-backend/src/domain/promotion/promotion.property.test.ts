import type { EffectRequest } from '@slipway/workflow-engine';
import fc from 'fast-check';
import { refusals } from './actions';
import type { AnyPromotionCommand } from './commands';
import { decide } from './decide';
import type { LaunchResult, PromotionEffect, ReturnResult } from './effects';
import type { SeenRollout } from './events';
import { evolve } from './evolve';
import { pendingOf } from './pending';
import { hasEnded, type PromotionRequest, type PromotionState } from './state';

const componentRef = (index: number) => `component:default/c${index}`;

/** A graph of stages and components that depend on those before them. */
const requests = fc
  .record({
    components: fc.integer({ min: 1, max: 4 }),
    stages: fc.array(
      fc.record({
        onFailure: fc.constantFrom<'rollback' | 'hold' | 'continue'>(
          'rollback',
          'hold',
          'continue',
        ),
        timeoutMs: fc.option(fc.integer({ min: 1000, max: 60_000 }), {
          nil: undefined,
        }),
        needs: fc.array(fc.nat(3), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    after: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 5 }),
    isAutomatic: fc.boolean(),
  })
  .map(({ components, stages, after, isAutomatic }): PromotionRequest => ({
    trigger: isAutomatic && components === 1 ? 'automation' : 'person',
    pipeline: { name: 'p', title: 'P', digest: 'sha256:0' },
    items: Array.from({ length: components }, (_, index) => ({
      componentRef: componentRef(index),
      componentTitle: `C${index}`,
      release: { id: `r${index}`, version: '2', digest: 'sha256:0' },
      after: [
        ...new Set(
          after
            .filter(([from, to]) => from === index && to < index)
            .map(([, to]) => componentRef(to)),
        ),
      ],
    })),
    stages: stages.map(({ needs, ...stage }, index) => ({
      ...stage,
      name: `s${index}`,
      title: `S${index}`,
      environmentRef: `resource:default/s${index}`,
      environmentName: `s${index}`,
      tier: 'staging',
      needs: [...new Set(needs.filter(need => need < index).map(n => `s${n}`))],
      isGoal: true,
    })),
    requestedBy: 'user:default/ana',
  }));

interface Running extends SeenRollout {
  place: string;
  componentRef: string;
  environmentRef: string;
  inTurn: boolean;
  kind: 'rollout' | 'rollback';
  gatesOpen: boolean;
}

/** Rollouts as they could go, and a promotion among them. What is asked for happens at a moment that the test chooses. */
class World {
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
      expect(this.effects.has(effect.key)).toBe(false);
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
    expect([...this.effects.keys()].sort()).toEqual(
      pending.effects.map(({ key }) => key).sort(),
    );
    if (pending.status.kind === 'running')
      expect(this.effects.size + this.timers.size).toBeGreaterThan(0);
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
    expect(this.launches.has(slot)).toBe(false);
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

function isOver({ phase }: SeenRollout): boolean {
  return ['succeeded', 'rolledBack', 'aborted'].includes(phase);
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      'work',
      'work',
      'work',
      'rollout',
      'rollout',
      'rollout',
      'time',
      'abort',
      'retry',
      'continue',
      'supersede',
      'fails',
    ),
    pick: fc.nat(20),
    fate: fc.nat(1000),
  }),
  { maxLength: 150 },
);

function step(
  world: World,
  { what, pick, fate }: { what: string; pick: number; fate: number },
): void {
  switch (what) {
    case 'work':
      world.work(pick, fate);
      return;
    case 'rollout':
      world.rolloutMoves(pick, fate);
      return;
    case 'time':
      world.timePasses(fate * 20);
      return;
    case 'fails': {
      const open = [...world.effects.values()];
      if (fate % 10 || !open.length) return;
      const { key, effect } = open[pick % open.length];
      world.submit({
        type: 'effect.failed',
        key,
        kind: effect.kind,
        error: { name: 'Error', message: 'unreachable' },
        attempts: 8,
        reason: 'exhausted',
      });
      return;
    }
    default:
      // People act now and then only.
      if (fate % 10) return;
      try {
        world.submit(
          what === 'supersede'
            ? { type: 'supersede', version: '3' }
            : { type: what as 'abort' | 'retry' | 'continue' },
        );
      } catch (error) {
        expect((error as Error).name).toBe('ConflictError');
      }
  }
}

function checkOrder(world: World): void {
  const { request } = world.state as PromotionState;
  for (const { componentRef: ref, after } of request.items)
    for (const { name } of request.stages)
      for (const other of after) {
        const mine = world.began.indexOf(`${name}/${ref}`);
        const theirs = world.began.indexOf(`${name}/${other}`);
        if (mine !== -1 && theirs !== -1) expect(theirs).toBeLessThan(mine);
      }
}

/** No stage begins before those that it needs are through. */
function checkStages(world: World): void {
  const { request, stages } = world.state as PromotionState;
  request.stages.forEach(({ needs }, index) => {
    if (stages[index].startedAt === undefined) return;
    for (const need of needs) {
      const { status } =
        stages[request.stages.findIndex(({ name }) => name === need)];
      expect(['succeeded', 'failed']).toContain(status);
    }
  });
}

it('a promotion goes through its stages in order, as one unit, and always ends', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(requests, steps, (request, plan) => {
      const world = new World();
      world.submit({ type: 'start', request });
      for (const each of plan) {
        step(world, each);
        checkStages(world);
      }
      // From here on nothing fails any more, and a person does what is asked for.
      for (let round = 0; round < 400; round++) {
        if (hasEnded(world.state as PromotionState)) break;
        for (let pick = 0; pick < 20; pick++) world.work(pick, 3);
        world.rollouts.forEach((_, index) => world.rolloutMoves(index, 3));
        // For what was held before.
        if (round === 0) world.timePasses(60_000);
        const { retry } = refusals(world.state as PromotionState);
        if (!retry) world.submit({ type: 'retry' });
        checkStages(world);
      }
      const state = world.state as PromotionState;
      expect(hasEnded(state)).toBe(true);
      checkOrder(world);
      ends.set(state.phase, (ends.get(state.phase) ?? 0) + 1);
      // Nothing that it asked for is left behind.
      expect(world.rollouts.filter(rollout => !isOver(rollout))).toEqual([]);
      state.stages.forEach(({ status, items }, index) => {
        const moved = world.moved(request.stages[index].environmentRef);
        if (status === 'rolledBack')
          items.forEach((item, i) => {
            // Where nothing ran before there is nothing to go back to.
            if (item.previousReleaseId !== undefined)
              expect(moved).not.toContain(request.items[i].componentRef);
          });
        if (status === 'succeeded')
          expect(
            items.every(each => ['succeeded', 'skipped'].includes(each.status)),
          ).toBe(true);
        if (state.phase === 'succeeded')
          expect(['succeeded', 'failed']).toContain(status);
      });
    }),
    { numRuns: Number(process.env.SLIPWAY_PROPERTY_RUNS ?? 1500) },
  );
  // The cases are of every kind, else the test would prove little.
  for (const end of ['succeeded', 'failed', 'aborted'])
    expect(ends.get(end) ?? 0).toBeGreaterThan(50);
});
