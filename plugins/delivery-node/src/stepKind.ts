import type { JsonObject } from '@backstage/types';
import type { AnalysisSubject } from './analysisProvider';
import type { DeliveryCallContext } from './runtime';

/** How a step of a custom kind stands. @public */
export type StepKindOutcome =
  | { status: 'succeeded'; message?: string }
  /** Rolls the rollout back. */
  | { status: 'failed'; message: string }
  /** Not finished: `run` is called again after this many milliseconds. */
  | { status: 'running'; afterMs: number; message?: string };

/**
 * A kind of canary step beside the built-in ones, used as `plugin: { name, config }`.
 *
 * @public
 */
export interface DeliveryStepKind {
  name: string;
  /** For people. */
  title: string;
  /** JSON Schema (2020-12) of `config`. */
  schema: JsonObject;
  /** Safe to repeat with the same idempotency key: observes before it acts. */
  run(
    config: JsonObject,
    subject: AnalysisSubject,
    context: DeliveryCallContext,
  ): Promise<StepKindOutcome>;
}
