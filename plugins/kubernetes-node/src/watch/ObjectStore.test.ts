import fc from 'fast-check';
import { ObjectStore } from './ObjectStore';
import type { WatchedObject } from './WatchedKind';

interface Step {
  name: string;
  isGone: boolean;
}

const steps = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    isGone: fc.boolean(),
  }),
  { maxLength: 30 },
);

function objectAt({ name }: Step, index: number): WatchedObject {
  return {
    metadata: {
      name,
      uid: name,
      resourceVersion: String(index + 9),
      labels: { group: index % 2 ? 'odd' : 'even' },
    },
  };
}

function emptyStore() {
  return new ObjectStore<WatchedObject>({
    api: 'api/v1',
    plural: 'things',
    keep: object => object,
    groupOf: ({ metadata }) => metadata?.labels?.group ?? '',
  });
}

function tell(store: ObjectStore<WatchedObject>, history: Step[], from = 0) {
  history.slice(from).forEach((step, index) => {
    const object = objectAt(step, from + index);
    if (step.isGone) store.remove(object);
    else store.put(object);
  });
}

/** What is there after a history, by name. */
function expected(history: Step[]): Map<string, WatchedObject> {
  const there = new Map<string, WatchedObject>();
  history.forEach((step, index) => {
    if (step.isGone) there.delete(step.name);
    else there.set(step.name, objectAt(step, index));
  });
  return there;
}

const byName = (objects: WatchedObject[]) =>
  new Map(objects.map(object => [object.metadata?.name ?? '', object]));

describe('what a watch has told', () => {
  it('is all there is, also when a part of it is told again', () => {
    fc.assert(
      fc.property(steps, fc.nat(30), (history, from) => {
        const store = emptyStore();
        tell(store, history);
        tell(store, history, from);
        expect(byName(store.all())).toEqual(expected(history));
      }),
    );
  });

  it('is found in the group that an object is in now, and nowhere else', () => {
    fc.assert(
      fc.property(steps, history => {
        const store = emptyStore();
        tell(store, history);
        const there = [...expected(history).values()];
        for (const group of ['odd', 'even'])
          expect(byName(store.of(group))).toEqual(
            byName(
              there.filter(({ metadata }) => metadata?.labels?.group === group),
            ),
          );
        expect(store.of('nowhere')).toEqual([]);
      }),
    );
  });

  it('reaches as far as the newest of it, and no list makes it older', () => {
    fc.assert(
      fc.property(steps, history => {
        const store = emptyStore();
        store.replace([], '8');
        tell(store, history);
        expect(store.resourceVersion).toBe(String(history.length + 8));
        store.bookmark('3');
        expect(store.resourceVersion).toBe(String(history.length + 8));
        store.bookmark('10000');
        expect(store.resourceVersion).toBe('10000');
      }),
    );
  });

  it('differs from a new list in what was changed, is new or is gone', () => {
    const store = emptyStore();
    const at = (name: string, resourceVersion: string) => ({
      metadata: { name, uid: name, resourceVersion },
    });
    store.replace([at('kept', '1'), at('changed', '2'), at('gone', '3')], '3');
    const changed = store.replace(
      [at('kept', '1'), at('changed', '5'), at('new', '6')],
      '7',
    );
    expect(changed.map(({ metadata }) => metadata?.name).sort()).toEqual([
      'changed',
      'gone',
      'new',
    ]);
    expect(store.all()).toHaveLength(3);
  });
});
