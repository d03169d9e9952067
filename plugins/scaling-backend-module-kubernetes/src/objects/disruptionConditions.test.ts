import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import { disruptionConditions } from './disruptionConditions';

const budget = (
  status: Partial<V1PodDisruptionBudget['status']>,
  selector: NonNullable<V1PodDisruptionBudget['spec']>['selector'] = {
    matchLabels: { app: 'shop' },
  },
): V1PodDisruptionBudget => ({
  metadata: { name: 'shop' },
  spec: { selector },
  status: {
    currentHealthy: 3,
    desiredHealthy: 2,
    disruptionsAllowed: 1,
    expectedPods: 3,
    ...status,
  },
});

const of = (one: V1PodDisruptionBudget, labels = { app: 'shop' }) =>
  disruptionConditions([one], labels).map(({ reason, severity }) => [
    reason,
    severity,
  ]);

describe('what a disruption budget lets go', () => {
  it('says how many, and how many stay', () => {
    expect(disruptionConditions([budget({})], { app: 'shop' })).toEqual([
      expect.objectContaining({
        severity: 'info',
        message:
          'PodDisruptionBudget shop: 1 of 3 may go when a node is drained; 2 stay.',
      }),
    ]);
  });

  it('is said not to be known where budgets may not be listed', () => {
    expect(disruptionConditions(undefined, {})).toEqual([
      expect.objectContaining({
        reason: 'Forbidden',
        severity: 'info',
        message: expect.stringMatching(/rbac\.yaml/),
      }),
    ]);
  });

  it('warns of one that never lets any go, so that nodes cannot be drained', () => {
    expect(of(budget({ desiredHealthy: 3, disruptionsAllowed: 0 }))).toEqual([
      ['NeverAllows', 'warning'],
    ]);
  });

  it('tells one that lets none go for now from that', () => {
    expect(of(budget({ currentHealthy: 2, disruptionsAllowed: 0 }))).toEqual([
      ['InsufficientPods', 'info'],
    ]);
    expect(
      of(
        budget({
          currentHealthy: 0,
          desiredHealthy: 0,
          disruptionsAllowed: 0,
          expectedPods: 0,
        }),
      ),
    ).toEqual([['InsufficientPods', 'info']]);
  });

  it.each([
    [{ matchLabels: { app: 'other' } }, 0],
    [{}, 1],
    [
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['shop'] }] },
      1,
    ],
    [
      {
        matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['shop'] }],
      },
      0,
    ],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, 0],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, 1],
  ])('is of the pods that %j selects', (selector, count) => {
    expect(of(budget({}, selector))).toHaveLength(count);
  });
});
