import { deployment } from '../__testUtils__/fixtures';
import { mergeDeployments } from './useDeployments';

const prod = 'component:default/checkout@resource:default/prod';

describe('deployments read again for one target', () => {
  const known = {
    items: [
      deployment('checkout', 'dev', '1.0.0'),
      deployment('checkout', 'prod', '1.0.0'),
    ],
    total: 2,
  };

  it('take the place of the old ones', () => {
    const merged = mergeDeployments(known, new Set([prod]), [
      deployment('checkout', 'prod', '2.0.0'),
    ]);
    expect(merged.items.map(one => one.release?.version)).toEqual([
      '1.0.0',
      '2.0.0',
    ]);
    expect(merged.total).toBe(2);
  });

  it('come and go', () => {
    expect(mergeDeployments(known, new Set([prod]), []).total).toBe(1);
    expect(
      mergeDeployments({ items: [], total: 0 }, new Set([prod]), [
        deployment('checkout', 'prod', '2.0.0'),
      ]),
    ).toMatchObject({ total: 1, items: [{ environmentName: 'prod' }] });
  });
});
