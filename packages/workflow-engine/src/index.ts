/**
 * A durable run engine on Knex: decide, evolve, effects, timers and a feed, in one transaction.
 *
 * @packageDocumentation
 */
export { createEngine } from './createEngine';
export { migrate } from './migrate';
export { wasGivenUp } from './store/wasGivenUp';
export { decisionBetween, type Pending } from './helpers/decisionBetween';
export { Story } from './helpers/Story';
export type {
  Engine,
  EngineLogger,
  EngineOptions,
  BreakerOptions,
} from './api/engine';
export type {
  Actor,
  DecideContext,
  Decision,
  EffectRequest,
  EngineCommand,
  RetryPolicy,
  RunStatus,
  WorkflowDefinition,
} from './api/workflow';
export type {
  EffectContext,
  EffectHandler,
  EffectHandlers,
  EffectOutcome,
} from './api/effects';
export type {
  RecordedEvent,
  RunRecord,
  SubmitResult,
  TargetState,
} from './api/records';
export type { JsonValue } from './api/json';
export {
  DuplicateEffectError,
  IdempotencyConflictError,
  InvalidCursorError,
  InvariantViolationError,
  NotRetryableError,
  RunExistsError,
  RunFinishedError,
  RunNotFoundError,
  UnknownWorkflowError,
  UnsupportedDatabaseError,
  VersionConflictError,
} from './errors';
