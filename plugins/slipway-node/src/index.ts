/**
 * What Slipway's backend plugins share: the frame of an API, changes that are carried out once, permissions of targets,
 * pages of lists, times that come again, what is wrong with a document.
 *
 * @packageDocumentation
 */
export { createApiRouter, type ApiRoutes } from './api/createApiRouter';
export { expectedVersion } from './api/expectedVersion';
export { FieldError, type FieldProblem } from './api/FieldError';
export { isNestedDeeperThan } from './api/isNestedDeeperThan';
export { pageBody, type PageQuery, type SortedQuery } from './api/page';
export { problemDetails } from './api/problemDetails';
export { requestChecker } from './api/requestChecker';
export { whereInScope, type ComponentScope } from './database/componentScope';
export {
  IdempotencyStore,
  type IdempotentRequest,
} from './database/IdempotencyStore';
export { isSameJson, jsonDigest } from './database/jsonDigest';
export {
  decodeCursor,
  pageByCreation,
  pageOf,
  type CreationPage,
  type PageOf,
  type Position,
} from './database/paging';
export { lineOf } from './documents/lineOf';
export { schemaProblems } from './documents/schemaProblems';
export { askTogether } from './permissions/askTogether';
export {
  Authorizer,
  refusal,
  requirePermission,
  type TargetCheck,
} from './permissions/Authorizer';
export { createTargetRules } from './permissions/createTargetRules';
export type {
  PermissionTarget,
  PermissionTargetQuery,
  TargetResourceRef,
} from './permissions/PermissionTarget';
export { allowedUnless } from './service/allowedUnless';
export { actorOf, pluginOf, userOf, type Caller } from './service/Caller';
export {
  type MutationResult,
  Mutations,
  type Operation,
} from './service/Mutations';
export { StaleVersionError } from './service/StaleVersionError';
export { askVendor, VendorUnavailableError } from './service/vendor';
export { VisibleComponents } from './service/VisibleComponents';
export { durationInWords, durationMs } from './time/duration';
export {
  occurrences,
  type Occurrence,
  type RecurringTime,
} from './time/occurrences';
export {
  firstOccurrence,
  recurringTimeProblems,
} from './time/recurringTimeProblems';
