import type {
  DependencyComparison,
  ReleaseDependencies,
} from '@slipway/backstage-plugin-delivery-common';
import type { Dependency } from '@slipway/backstage-plugin-delivery-node';
import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';

/** What a release is made of, and where that is known from. */
export interface KnownDependencies {
  source: ReleaseDependencies['source'];
  items: Dependency[];
}

/** More are of no use to a person, and weigh on every comparison. */
export const mostDependencies = 20_000;
const mostShown = 1000;

/** The same list whatever the order it came in. */
export function inOrder(items: Dependency[]): Dependency[] {
  const byKey = new Map(
    items.map(item => [JSON.stringify([keyOf(item), item.version]), item]),
  );
  return [...byKey]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, item]) => item);
}

/** What stands with the release; `items` in order. */
export function dependenciesSummary({
  source,
  items,
}: KnownDependencies): ReleaseDependencies {
  return { source, count: items.length, digest: jsonDigest(items) };
}

/** What differs between what two releases are made of. */
export function compareDependencies(
  from: KnownDependencies,
  to: KnownDependencies,
): Pick<DependencyComparison, 'total' | 'items'> {
  const before = versionsByKey(from.items);
  const after = versionsByKey(to.items);
  const differing = [...new Set([...before.keys(), ...after.keys()])]
    .map(key => ({ key, from: before.get(key), to: after.get(key) }))
    .filter(
      one => one.from?.versions.join('\n') !== one.to?.versions.join('\n'),
    )
    .sort((one, other) => compareText(one.key, other.key));
  return {
    total: differing.length,
    items: differing.slice(0, mostShown).map(one => {
      const { name, type } = (one.to ?? one.from)!;
      return {
        name,
        ...(type && { type }),
        from: one.from?.versions ?? [],
        to: one.to?.versions ?? [],
      };
    }),
  };
}

/** A package may be there in several versions at once. */
function versionsByKey(items: Dependency[]) {
  const byKey = new Map<string, Omit<Dependency, 'version'> & Versions>();
  for (const item of inOrder(items)) {
    const known = byKey.get(keyOf(item));
    if (known) known.versions.push(item.version);
    else byKey.set(keyOf(item), { ...item, versions: [item.version] });
  }
  return byKey;
}

interface Versions {
  versions: string[];
}

function keyOf({ name, type }: Dependency): string {
  return JSON.stringify([name, type ?? '']);
}

// The same on every machine, unlike an order by language.
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
