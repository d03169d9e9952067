import { deployment, environments } from '../../__testUtils__/fixtures';
import {
  buildMatrix,
  filterMatrix,
  sortMatrix,
  type MatrixFilter,
} from './matrixModel';

const everything: MatrixFilter = {
  text: '',
  owner: '',
  system: '',
  drift: false,
  attention: false,
};
const names = (rows: { title: string }[]) => rows.map(row => row.title);

describe('the matrix', () => {
  const rows = buildMatrix(
    [
      deployment('checkout', 'dev', '2.0.0'),
      deployment('checkout', 'prod', '1.0.0', { deployedAt: '2026-02-01' }),
      deployment('ads', 'staging', '1.0.0', {
        health: 'degraded',
        ownerRef: 'group:default/ads',
      }),
      deployment('ads', 'prod', '1.0.0'),
      deployment('mail', 'dev', '3.0.0', {
        activeRolloutId: 'r',
        activeRolloutPhase: 'paused',
      }),
    ],
    environments,
  );
  const row = (title: string) => rows.find(one => one.title === title)!;

  it('has a cell for every environment, in order, also where nothing runs', () => {
    expect(
      row('checkout').cells.map(cell => cell.deployment?.release?.version),
    ).toEqual(['2.0.0', undefined, '1.0.0']);
  });

  it('says that a later environment differs from the nearest earlier one that runs something', () => {
    expect(row('checkout').cells[2].drift).toEqual({
      environment: 'dev',
      version: '2.0.0',
    });
    expect(row('ads').hasDrift).toBe(false);
  });

  it('filters by text, owner, drift and need of attention', () => {
    expect(
      names(filterMatrix(rows, { ...everything, text: ' CHECK' })),
    ).toEqual(['checkout']);
    expect(
      names(filterMatrix(rows, { ...everything, owner: 'group:default/ads' })),
    ).toEqual(['ads']);
    expect(names(filterMatrix(rows, { ...everything, drift: true }))).toEqual([
      'checkout',
    ]);
    expect(
      names(filterMatrix(rows, { ...everything, attention: true })),
    ).toEqual(['ads', 'mail']);
  });

  it('sorts by name, by health with the worst first, and by the last deployment', () => {
    expect(names(sortMatrix(rows, 'name'))).toEqual([
      'ads',
      'checkout',
      'mail',
    ]);
    expect(names(sortMatrix(rows, 'health'))[0]).toBe('ads');
    expect(names(sortMatrix(rows, 'deployed'))[0]).toBe('checkout');
  });
});
