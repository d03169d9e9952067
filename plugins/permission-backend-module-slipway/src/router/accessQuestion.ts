import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { AccessQuestion } from '../service/AccessService';

function refOf(kind: string, example: string) {
  return z
    .string({ error: `must be given once, for example "${example}"` })
    .transform((text, ctx) => {
      try {
        const ref = parseEntityRef(text);
        if (ref.kind.toLocaleLowerCase('en-US') === kind)
          return stringifyEntityRef(ref);
      } catch {
        // Said below: what is no reference and what is one of something else need the same correction.
      }
      ctx.addIssue({
        code: 'custom',
        message: `must be the reference of a ${kind}, for example "${example}"`,
      });
      return z.NEVER;
    });
}

const questionSchema = z.strictObject({
  userEntityRef: refOf('user', 'user:default/ana'),
  permission: z
    .string({
      error: 'must be given once, for example "delivery.rollout.create"',
    })
    .min(1, 'must not be empty'),
  componentRef: refOf('component', 'component:default/checkout').optional(),
  environmentRef: refOf('resource', 'resource:default/production').optional(),
});

/** Reads a question from a query string. Throws `InputError` naming every field that is wrong, and why. */
export function readAccessQuestion(query: unknown): AccessQuestion {
  const parsed = questionSchema.safeParse(query);
  if (!parsed.success)
    throw new InputError(
      parsed.error.issues
        .map(({ path, message }) =>
          path.length ? `${path.join('.')}: ${message}` : message,
        )
        .join('; '),
    );
  return parsed.data;
}
