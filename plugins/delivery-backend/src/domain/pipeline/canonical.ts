import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** A reference in the one spelling that is compared; undefined for what is none. */
export function canonical(ref: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    return undefined;
  }
}
