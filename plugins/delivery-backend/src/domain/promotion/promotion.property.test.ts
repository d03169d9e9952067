import fc from 'fast-check';
import { isOver, PromotionWorld } from '../../__testUtils__/PromotionWorld';
import { refusals } from './actions';
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
  world: PromotionWorld,
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
            ? { type: 'supersede', by: '3' }
            : { type: what as 'abort' | 'retry' | 'continue' },
        );
      } catch (error) {
        if ((error as Error).name !== 'ConflictError') throw error;
      }
  }
}

/** What depends on another component and began before it. */
function outOfOrder(world: PromotionWorld): string[] {
  const { request } = world.state as PromotionState;
  return request.items.flatMap(({ componentRef: ref, after }) =>
    request.stages.flatMap(({ name }) =>
      after.flatMap(other => {
        const mine = world.began.indexOf(`${name}/${ref}`);
        const theirs = world.began.indexOf(`${name}/${other}`);
        return mine !== -1 && theirs > mine ? [`${name}/${ref}`] : [];
      }),
    ),
  );
}

/** Stages that began before those that they need were through. */
function tooEarly({ state }: PromotionWorld): string[] {
  const { request, stages } = state as PromotionState;
  const isThrough = (need: string) => {
    const index = request.stages.findIndex(({ name }) => name === need);
    return ['succeeded', 'failed'].includes(stages[index].status);
  };
  return request.stages.flatMap(({ name, needs }, index) =>
    stages[index].startedAt !== undefined && !needs.every(isThrough)
      ? [name]
      : [],
  );
}

/** Components that have moved in a stage which was taken back, and could have gone back. */
function leftBehind(world: PromotionWorld): string[] {
  const { request, stages } = world.state as PromotionState;
  return stages.flatMap(({ status, items }, index) => {
    const moved = world.moved(request.stages[index].environmentRef);
    return items.flatMap(({ previousReleaseId }, i) =>
      status === 'rolledBack' &&
      previousReleaseId !== undefined &&
      moved.includes(request.items[i].componentRef)
        ? [request.items[i].componentRef]
        : [],
    );
  });
}

/** Stages that count as through although something in them has failed, without anybody having said so. */
function falselyThrough({ state }: PromotionWorld): string[] {
  const { request, stages, phase } = state as PromotionState;
  return stages.flatMap(({ status, items }, index) => {
    const { name } = request.stages[index];
    const isClean = items.every(item =>
      ['succeeded', 'skipped'].includes(item.status),
    );
    if (status === 'succeeded' && !isClean) return [name];
    return phase === 'succeeded' && !['succeeded', 'failed'].includes(status)
      ? [name]
      : [];
  });
}

it('a promotion goes through its stages in order, as one unit, and always ends', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(requests, steps, (request, plan) => {
      const world = new PromotionWorld();
      world.submit({ type: 'start', request });
      for (const each of plan) {
        step(world, each);
        expect(tooEarly(world)).toEqual([]);
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
        expect(tooEarly(world)).toEqual([]);
      }
      const state = world.state as PromotionState;
      expect(hasEnded(state)).toBe(true);
      ends.set(state.phase, (ends.get(state.phase) ?? 0) + 1);
      expect(outOfOrder(world)).toEqual([]);
      // Nothing that it asked for is left going on.
      expect(world.rollouts.filter(rollout => !isOver(rollout))).toEqual([]);
      expect(leftBehind(world)).toEqual([]);
      expect(falselyThrough(world)).toEqual([]);
    }),
    { numRuns: Number(process.env.SLIPWAY_PROPERTY_RUNS ?? 1500) },
  );
  // The cases are of every kind, else the test would prove little.
  for (const end of ['succeeded', 'failed', 'aborted'])
    expect(ends.get(end) ?? 0).toBeGreaterThan(50);
});
