import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import {
  jsonDigest,
  type Occurrence,
} from '@slipway/backstage-plugin-slipway-node';

/** An exception that people agreed to, while it lasts: epoch milliseconds. */
export interface ApprovedException extends Occurrence {
  id: string;
  approvedBy: string[];
  windows: ReadonlyArray<{ name: string; digest: string }>;
}

/** The exceptions to a window as it stands now: one that was changed since has to be asked for anew. */
export function exceptionsTo(
  window: DeliveryWindow,
  exceptions: readonly ApprovedException[],
): ApprovedException[] {
  const named = exceptions.filter(({ windows }) =>
    windows.some(({ name }) => name === window.metadata.name),
  );
  if (!named.length) return [];
  const digest = jsonDigest(window);
  return named.filter(({ windows }) =>
    windows.some(
      one => one.name === window.metadata.name && one.digest === digest,
    ),
  );
}
