import type {
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  observationOf,
  RolloutRehearsal,
} from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';
import { hasEnded } from './state';
import { refusals } from './actions';
import { describe as inWords } from './describe';

function scaled(from: number, to: number): RolloutRehearsal {
  const rehearsal = new RolloutRehearsal();
  rehearsal.command({
    type: 'start',
    request: rolloutRequest(
      { rolling: {} },
      {
        kind: 'scale',
        previous: undefined,
        previousReplicas: from,
        replicas: to,
        ungated: true,
      },
    ),
  });
  return rehearsal;
}

/** What the runtime shows, just what is desired but for what differs. */
function seen(
  rehearsal: RolloutRehearsal,
  differs: Partial<VersionStatus> = {},
): Observation {
  const observation = observationOf(rehearsal.desired.at(-1)!);
  return {
    ...observation,
    versions: observation.versions.map(version => ({
      ...version,
      ...differs,
    })),
  };
}

describe('changing the number of copies', () => {
  it('wants just that number of the release that runs, and ends when they are ready', () => {
    const rehearsal = scaled(3, 20);
    expect(rehearsal.desired.at(-1)?.versions).toEqual([
      expect.objectContaining({ replicas: 20, weight: 100 }),
    ]);
    rehearsal.succeed('delivery.converge', seen(rehearsal));
    expect(rehearsal.state?.phase).toBe('succeeded');
    expect(rehearsal.state?.message).toBe(
      '20 copies of 2.0.0 run in production',
    );
    expect(inWords(rehearsal.events[0], rehearsal.state!.plan)).toBe(
      '20 copies of 2.0.0 in production instead of 3 were asked for',
    );
  });

  it('does not go back because copies are not well, and says in the end how many are', () => {
    const rehearsal = scaled(3, 20);
    rehearsal.succeed('delivery.converge', {
      ...seen(rehearsal, {
        health: 'degraded',
        readyReplicas: 4,
        message: 'The quota is used up',
      }),
      converged: false,
    });
    expect(rehearsal.state?.phase).toBe('progressing');
    rehearsal.fire('deadline');
    expect(rehearsal.state?.phase).toBe('succeeded');
    expect(rehearsal.state?.message).toBe(
      '20 copies of 2.0.0 are asked for in production, and 4 are ready: The quota is used up',
    );
    expect(rehearsal.desired.at(-1)?.versions[0].replicas).toBe(20);
  });

  it('says so when something else decides how many run', () => {
    const rehearsal = scaled(3, 20);
    rehearsal.succeed(
      'delivery.converge',
      seen(rehearsal, { desiredReplicas: 5, replicas: 5, readyReplicas: 5 }),
    );
    expect(rehearsal.state?.phase).toBe('rolledBack');
    expect(rehearsal.state?.message).toContain('keeps 5 of them');
  });

  it.each(['not-retryable', 'exhausted'] as const)(
    'ends when the target does not take it (%s), and waits for nobody',
    reason => {
      const rehearsal = scaled(3, 20);
      rehearsal.fail('delivery.converge', reason, 'no such cluster');
      expect(rehearsal.state?.phase).toBe('rolledBack');
      expect(rehearsal.state?.message).toBe('no such cluster');
    },
  );

  it('is aborted at once, without bringing anything about', () => {
    const rehearsal = scaled(3, 20);
    const before = rehearsal.desired.length;
    rehearsal.command({ type: 'abort' });
    expect(rehearsal.state?.phase).toBe('aborted');
    expect(rehearsal.desired).toHaveLength(before);
    expect(refusals(rehearsal.state!).retry).toBeDefined();
  });

  it('never waits for a person, whatever is seen', () => {
    const sight = fc.record({
      converged: fc.boolean(),
      ready: fc.nat({ max: 30 }),
      desired: fc.nat({ max: 30 }),
      health: fc.constantFrom<VersionStatus['health']>(
        'healthy',
        'degraded',
        'progressing',
      ),
    });
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }),
        fc.nat({ max: 30 }),
        fc.array(sight, { maxLength: 8 }),
        (from, to, sights) => {
          const rehearsal = scaled(from, to);
          for (const { converged, desired, health, ready } of sights) {
            if (hasEnded(rehearsal.state!)) break;
            rehearsal.succeed('delivery.converge', {
              ...seen(rehearsal, {
                desiredReplicas: desired,
                readyReplicas: ready,
                health,
              }),
              converged,
            });
          }
          const isOver = hasEnded(rehearsal.state!);
          expect(isOver || rehearsal.status.kind === 'running').toBe(true);
          if (!isOver) rehearsal.fire('deadline');
          expect(hasEnded(rehearsal.state!)).toBe(true);
          for (const { versions } of rehearsal.desired)
            expect(versions.map(({ replicas }) => replicas)).toEqual([to]);
        },
      ),
      { numRuns: 300, seed: 20261127 },
    );
  });
});
