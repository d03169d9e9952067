import type { KubernetesObject } from '@kubernetes/client-node';
import type { PreviewedObject } from '@slipway/backstage-plugin-delivery-node';
import { fieldConflicts } from '../inWords';
import { conflictInWords } from './conflictInWords';
import { readableObject } from './readableObject';

/** What an object is; items of lists do not say it themselves. @public */
export interface ObjectKind {
  apiVersion: string;
  kind: string;
}

/**
 * An object as it is and as a dry run of an apply answers that it would be, or the fields that somebody else manages.
 *
 * @public
 */
export async function previewedObject(
  { apiVersion, kind, name }: ObjectKind & { name: string },
  existing: KubernetesObject | undefined,
  rehearsal: Promise<KubernetesObject>,
): Promise<PreviewedObject> {
  const text = (object: KubernetesObject) =>
    readableObject({ ...object, apiVersion, kind });
  const title = `${kind} ${name}`;
  const before = existing && { before: text(existing) };
  try {
    return { name: title, ...before, after: text(await rehearsal) };
  } catch (error) {
    const conflicts = fieldConflicts(error);
    if (!conflicts.length) throw error;
    return {
      name: title,
      ...before,
      conflicts: conflicts.map(conflict => conflictInWords(title, conflict)),
    };
  }
}
