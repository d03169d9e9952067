import { replicaCost } from './price';

describe('what a replica costs', () => {
  const resources = { cpuCores: 0.5, memoryBytes: 2 * 2 ** 30 };

  it('is by what it requests, or one price for all', () => {
    const prices = { currency: 'EUR', cpuCoreHour: 0.04, memoryGiBHour: 0.005 };
    expect(replicaCost(prices, resources)).toEqual({
      price: { currency: 'EUR', perReplicaHour: expect.closeTo(0.03, 10) },
    });
    expect(replicaCost({ ...prices, perReplicaHour: 0.1 }, {})).toEqual({
      price: { currency: 'EUR', perReplicaHour: 0.1 },
    });
    expect(
      replicaCost({ currency: 'EUR', cpuCoreHour: 0.04 }, { cpuCores: 0.5 }),
    ).toEqual({ price: { currency: 'EUR', perReplicaHour: 0.02 } });
  });

  it('is not known where a request is not known, or no price is', () => {
    const prices = { currency: 'EUR', cpuCoreHour: 1, memoryGiBHour: 1 };
    expect(replicaCost(prices, { cpuCores: 1 })).toEqual({
      noPrice: 'It is not known how much memory a replica requests',
    });
    expect(replicaCost(prices)).toEqual({
      noPrice: 'It is not known how much CPU and memory a replica requests',
    });
    expect(replicaCost(undefined, resources)).toHaveProperty('noPrice');
    expect(replicaCost({ currency: 'EUR' }, resources)).toHaveProperty(
      'noPrice',
    );
  });
});
