import type { Subject } from '@slipway/backstage-plugin-delivery-common';

const parts = ['artifact', 'configuration', 'pipeline', 'target'] as const;

/** The parts in which two subjects differ, in words. */
export function changedParts(before: Subject, after: Subject): string[] {
  return parts.filter(part => before[part] !== after[part]);
}
