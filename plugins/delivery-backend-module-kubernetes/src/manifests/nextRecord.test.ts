import fc from 'fast-check';
import { manifestKinds } from './kinds';
import type { ManifestObject } from './ManifestObject';
import type { ManifestRecord } from './ManifestRecords';
import { nextRecord } from './nextRecord';

const object = (kind: string, name: string): ManifestObject => {
  const known = manifestKinds.find(one => one.kind === kind)!;
  return { ...known, name, body: {} };
};
const keys = (list: Array<{ kind: string; name: string }>) =>
  list.map(({ kind, name }) => `${kind} ${name}`);

const wish = (
  generation: number,
  releaseId: string,
  objects: ManifestObject[],
) => ({
  generation,
  release: { releaseId, version: releaseId },
  objects,
  now: generation * 1000,
});

describe('what is noted of a wish', () => {
  it('says what an earlier release had and this one has not, but claims, whose data would go', () => {
    const first = nextRecord(
      undefined,
      wish(1, 'one', [
        object('ConfigMap', 'a'),
        object('PersistentVolumeClaim', 'data'),
        object('Deployment', 'web'),
      ]),
    );
    expect(first).toMatchObject({ applied: false, left: [] });
    const second = nextRecord(
      { ...first, applied: true },
      wish(2, 'two', [object('Deployment', 'web')]),
    );
    expect(second.applied).toBe(false);
    expect(keys(second.left)).toEqual(['ConfigMap a']);
  });

  it('changes nothing but the generation while the release is the same', () => {
    const objects = [object('Deployment', 'web')];
    const before = {
      ...nextRecord(undefined, wish(1, 'one', objects)),
      applied: true,
    };
    expect(nextRecord(before, wish(5, 'one', objects))).toEqual({
      ...before,
      generation: 5,
    });
  });

  it('leaves all to go when nothing is wished any more', () => {
    const before = nextRecord(
      undefined,
      wish(1, 'one', [object('Service', 'web'), object('Deployment', 'web')]),
    );
    const none = nextRecord(before, { generation: 2, objects: [], now: 0 });
    expect(none).toMatchObject({ applied: true, objects: [] });
    expect(none.release).toBeUndefined();
    expect(keys(none.left)).toEqual(['Service web', 'Deployment web']);
  });

  it('never forgets an object that may be there, and never lets one go that is wished', () => {
    const objects = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom('ConfigMap', 'Service', 'Deployment'), fc.nat(3))
        .map(([kind, n]) => object(kind, `n${n}`)),
      { selector: ({ kind, name }) => `${kind} ${name}` },
    );
    fc.assert(
      fc.property(fc.array(objects, { minLength: 1 }), releases => {
        let record: ManifestRecord | undefined;
        const seen = new Set<string>();
        releases.forEach((list, index) => {
          record = nextRecord(record, wish(index + 1, `r${index}`, list));
          keys(list).forEach(key => seen.add(key));
          const wished = keys(record.objects);
          const left = keys(record.left);
          expect(wished).toEqual(keys(list));
          expect(left.filter(key => wished.includes(key))).toEqual([]);
          expect(new Set(left).size).toBe(left.length);
          expect(new Set([...wished, ...left])).toEqual(seen);
        });
      }),
    );
  });
});
