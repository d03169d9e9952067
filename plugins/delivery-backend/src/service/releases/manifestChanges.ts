import type { ReleaseComparison } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryManifest } from '@slipway/backstage-plugin-delivery-node';
import { createTwoFilesPatch } from 'diff';

type ManifestChange = NonNullable<ReleaseComparison['manifests']>[number];

/** The objects that differ, in the runtime's order, those that go at the end. */
export function manifestChanges(
  from: DeliveryManifest[],
  to: DeliveryManifest[],
): ManifestChange[] {
  const before = new Map(from.map(({ name, text }) => [name, text]));
  const after = new Map(to.map(({ name, text }) => [name, text]));
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter(name => before.get(name) !== after.get(name))
    .map(name => manifestChange(name, before.get(name), after.get(name)));
}

/** How one object differs; `undefined` is one that is not there. */
export function manifestChange(
  name: string,
  before: string | undefined,
  after: string | undefined,
): ManifestChange {
  return {
    name,
    change: kindOf(before, after),
    patch: createTwoFilesPatch(
      name,
      name,
      before ?? '',
      after ?? '',
      undefined,
      undefined,
      { context: 3 },
    ),
  };
}

function kindOf(
  before: string | undefined,
  after: string | undefined,
): ManifestChange['change'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}
