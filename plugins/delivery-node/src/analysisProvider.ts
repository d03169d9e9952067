import type { JsonObject } from '@backstage/types';
import type { DeliveryCallContext, DeliveryTarget } from './runtime';

/** What one measurement is taken of. @public */
export interface AnalysisSubject {
  target: DeliveryTarget;
  /** The release that is being judged. */
  releaseId: string;
  /** That release's version. */
  version: string;
  /** The release that ran before; absent at a component's first rollout, and in gates. */
  stableReleaseId?: string;
  /** That release's version. */
  stableVersion?: string;
  /** When the present traffic weight was set; epoch milliseconds. */
  since: number;
}

/**
 * One measured value.
 *
 * @public
 */
export interface MeasuredValue {
  /** What conditions see as `result`: a number, string, boolean, list or map. `null` when there is nothing to judge. */
  result: unknown;
  /** What charts draw; left out when `result` is not one number. */
  value?: number;
  /** More names that conditions may use, such as `canary` and `stable`. */
  variables?: Record<string, unknown>;
  /** For people, such as `3 of 120 requests failed`. */
  message?: string;
}

/**
 * The points of two releases over the same time, to be compared.
 *
 * @public
 */
export interface MeasuredSeries {
  /** Of the release that is being judged, one number a point, such as one second's mean latency. */
  canary: number[];
  /** Of the release before; left out when there is none. */
  stable?: number[];
  /** Of the numbers, such as `ms`. */
  unit?: string;
  /** For people, such as why there are few points. */
  message?: string;
}

/**
 * Where measurements come from. Each vendor is a module of its own.
 *
 * @public
 */
export interface DeliveryAnalysisProvider {
  /** The key under a metric's `provider`. */
  name: string;
  /** For people. */
  title: string;
  /** JSON Schema (2020-12) of what stands under that key. */
  schema: JsonObject;
  /**
   * Why a query that the schema lets through cannot be asked, or `undefined`. Told when a document is loaded and when a
   * rollout is asked for, so it answers at once and asks nobody. `compared` says that two releases are to be compared.
   */
  queryProblem?(query: JsonObject, compared: boolean): string | undefined;
  /**
   * Takes one measurement. An error thrown here makes the measurement one of verdict `error`: it is tried again at the
   * metric's interval and never rolls anything back by itself.
   */
  measure(
    query: JsonObject,
    subject: AnalysisSubject,
    context: DeliveryCallContext,
  ): Promise<MeasuredValue>;
  /**
   * Answers the points of both releases since `subject.since`. Left out by providers that cannot tell releases apart;
   * metrics with a `comparison` are refused for them. Errors as above.
   */
  compare?(
    query: JsonObject,
    subject: AnalysisSubject,
    context: DeliveryCallContext,
  ): Promise<MeasuredSeries>;
}
