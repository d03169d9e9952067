import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';
import { foldLooks } from './foldLooks';

function events(...types: Array<[type: string, summary?: string]>) {
  return types.map(([type, summary = type], index): RolloutEvent => ({
    id: `e${index}`,
    version: index,
    type,
    at: `2026-01-01T00:00:0${index}Z`,
    actor: 'engine',
    summary,
    data: {},
  }));
}

const told = (of: RolloutEvent[]) =>
  foldLooks(of).map(({ event, times, since }) => [event.id, times, since]);

describe('foldLooks', () => {
  const waited = events(
    ['started'],
    ['gates.due'],
    ['gates.looked'],
    ['gates.due'],
    ['gates.looked'],
    ['gates.voted'],
    ['gates.looked'],
    ['gates.looked', 'Waiting for rollout 7'],
    ['gates.due'],
  );

  it('tells looks with nothing between them once, by the newest', () => {
    expect(told(waited)).toEqual([
      ['e0', 1, '2026-01-01T00:00:00Z'],
      ['e4', 2, '2026-01-01T00:00:02Z'],
      ['e5', 1, '2026-01-01T00:00:05Z'],
      ['e6', 1, '2026-01-01T00:00:06Z'],
      ['e7', 1, '2026-01-01T00:00:07Z'],
    ]);
  });

  it('says the same of the newest first', () => {
    expect(told([...waited].reverse())).toEqual(told(waited).reverse());
  });
});
