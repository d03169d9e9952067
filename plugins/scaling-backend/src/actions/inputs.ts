import type { z as Zod } from 'zod/v3';
import { openApiDocument } from '../schema/openapi.generated';

/** The zod of the actions registry, which hands it to each action. */
export type ZodApi = typeof Zod;

const { EntityRef, Id, ScaleRequest } = openApiDocument.components.schemas;

/** As the REST API takes it. */
export function entityRef(z: ZodApi) {
  return z
    .string()
    .regex(new RegExp(EntityRef.pattern))
    .max(EntityRef.maxLength);
}

export function targetId(z: ZodApi) {
  return z
    .string()
    .regex(new RegExp(Id.pattern))
    .max(Id.maxLength)
    .describe('Of list-scaling-targets');
}

export function reason(z: ZodApi) {
  return z
    .string()
    .min(1)
    .max(ScaleRequest.properties.reason.maxLength)
    .describe('Why, for the people who read the history');
}

export function idempotencyKey(z: ZodApi) {
  return z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe(
      'Any text of your own. A call that is repeated with the same key and input is carried out once: use one when you may have to try again',
    );
}
