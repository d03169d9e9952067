import type { z as Zod } from 'zod/v3';
import { openApiDocument } from '../schema/openapi.generated';

/** The zod of the actions registry, which hands it to each action. */
export type ZodApi = typeof Zod;

const { EntityRef, Id, StartRolloutRequest } =
  openApiDocument.components.schemas;

/** As the REST API takes it. */
export function entityRef(z: ZodApi) {
  return z
    .string()
    .regex(new RegExp(EntityRef.pattern))
    .max(EntityRef.maxLength);
}

export function componentRef(z: ZodApi) {
  return entityRef(z).describe(
    'Catalog reference of the component, such as component:default/checkout',
  );
}

export function environmentRef(z: ZodApi) {
  return entityRef(z).describe(
    'Catalog reference of the environment, such as resource:default/production',
  );
}

/** Of a release or a rollout. */
export function id(z: ZodApi) {
  return z.string().regex(new RegExp(Id.pattern)).max(Id.maxLength);
}

export function reason(z: ZodApi) {
  return z
    .string()
    .max(StartRolloutRequest.properties.reason.maxLength)
    .optional()
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

/** Lists page like the REST API does. */
export function paging(z: ZodApi) {
  return {
    cursor: z
      .string()
      .max(512)
      .optional()
      .describe('nextCursor of the page before'),
    limit: z.number().int().min(1).max(200).default(20),
  };
}

/** Beside the items of a page. */
export function pageOutput(z: ZodApi) {
  return {
    totalItems: z.number().describe('Of all pages'),
    nextCursor: z.string().optional().describe('Absent on the last page'),
  };
}

/** What the caller may do, as every item of the REST API carries it. */
export function allowedActions(z: ZodApi) {
  return z
    .record(z.object({ allowed: z.boolean(), reason: z.string().optional() }))
    .describe('What the caller may do now; where not, why');
}
