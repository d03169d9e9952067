import type { JsonObject } from '@backstage/types';
import type {
  Artifact,
  Health,
  LogLine,
  Observation,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';

/** A component in an environment: what a runtime acts on. @public */
export interface DeliveryTarget {
  /** Such as `component:default/checkout`. */
  componentRef: string;
  /** Such as `resource:default/production`. */
  environmentRef: string;
  /** The environment's name, such as `production`. */
  environmentName: string;
  /** `spec.target` of the environment's catalog entity. */
  settings: JsonObject;
}

/** What a runtime needs to know of a release to run it. @public */
export interface DesiredRelease {
  releaseId: string;
  /** For people. */
  version: string;
  artifact: Artifact;
  /** Plain values that hold in this environment; given to the software as environment variables. */
  environmentVariables: Record<string, string>;
  health: Health;
}

/** How much of one release should run. @public */
export interface DesiredVersion {
  release: DesiredRelease;
  /** How many copies. 0 means prepared, but not running. */
  replicas: number;
  /** Percent of traffic. The weights of all versions of a desired state add up to 100. */
  weight: number;
}

/**
 * The course that a rollout takes, for runtimes which hand their steps to a controller that has to know all of them
 * beforehand. A rollout that is taken back has none.
 *
 * @public
 */
export interface RolloutCourse {
  strategy: keyof Strategy;
  /** What the new release gets beside the one before it, one after the other; the last has all traffic. */
  goals: Array<Pick<DesiredVersion, 'replicas' | 'weight'>>;
  /** Index of the goal that the desired state stands for, or was the last before it. */
  current: number;
}

/**
 * How a target should look. Versions that are not named are to be taken away.
 *
 * @public
 */
export interface DesiredState {
  /**
   * Rises with every wish for this target. A runtime remembers the highest it has seen and refuses lower ones with
   * `ConflictError`, so that a worker which slept past its lease can change nothing.
   */
  generation: number;
  versions: DesiredVersion[];
  /** Present for a `rolling` rollout: the runtime goes from what runs to what is desired in batches of its own. */
  rolling?: { maxSurge: number; maxUnavailable: number };
  /** Present where the rollout goes on to further goals; most runtimes need only the present one. */
  course?: RolloutCourse;
  /** Set when a rollout is taken back whose release may be at what it wants done in the end: that is to end now. */
  concluding?: DesiredRelease;
}

/** Handed to every call of a vendor. @public */
export interface DeliveryCallContext {
  /** Aborted when the result is no longer wanted, on a time-out, or when the backend stops. */
  signal: AbortSignal;
  /** The same for every try of one effect; to be stamped on what is created where the vendor allows. */
  idempotencyKey: string;
}

/** One object that a runtime would apply, as people read it. @public */
export interface DeliveryManifest {
  /** Kind and name, such as `Deployment checkout`. The same for the same object of any release. */
  name: string;
  /** Such as YAML. Holds no secrets. */
  text: string;
}

/** A field that a runtime would set, and somebody else has declared. @public */
export interface DeliveryFieldConflict {
  /** As the vendor writes it, such as `.spec.template.spec.containers[name="app"].image`. */
  field: string;
  /** As the vendor knows it, such as `kubectl`. */
  owner: string;
  /** For people: what it means, and what to do. */
  message: string;
}

/** One object as it is, and as it would be. @public */
export interface PreviewedObject {
  /** As that of a `DeliveryManifest`. */
  name: string;
  /** Absent for one that is not there yet. Holds no secrets. */
  before?: string;
  /** Absent for one that would be taken away, and where conflicts keep it from being written. Holds no secrets. */
  after?: string;
  conflicts?: DeliveryFieldConflict[];
}

/** What a vendor says that a release would change. @public */
export interface DeliveryPreview {
  /** In the order in which they would be written; those that stay as they are may be among them. */
  objects: PreviewedObject[];
  /** For people: what would happen, and cannot be seen in the objects. */
  note?: string;
}

/**
 * What really runs software. All methods are safe to repeat.
 *
 * A wrong request (bad artifact, refused by the vendor for good) is an `InputError`, `NotFoundError`,
 * `NotAllowedError` or `ConflictError` of `@backstage/errors` and is not tried again; any other error is taken for a
 * fault of the target, tried again with back-off, and counts towards the target's circuit breaker. Where a caller waits
 * (`validate`, `preview`, `logs`), they are told to try again later, and the error goes to the log.
 *
 * @public
 */
export interface DeliveryRuntime {
  /** As in `spec.runtime` of an environment. */
  name: string;
  /** For people. */
  title: string;
  strategies: Array<keyof Strategy>;
  /** Kinds of artifacts that it runs. */
  artifactKinds: string[];
  /** Throws `InputError` saying why this target cannot take this release. Acts on nothing. */
  validate(target: DeliveryTarget, release: DesiredRelease): Promise<void>;
  /**
   * Throws `InputError` saying why this target cannot be changed by this strategy, and what it lacks. Acts on nothing.
   * Left out by runtimes that can do all their strategies everywhere.
   */
  validateStrategy?(
    target: DeliveryTarget,
    strategy: keyof Strategy,
    wish: {
      release: DesiredRelease;
      /** It goes back to a release, for which nobody has chosen a strategy. */
      isRollback: boolean;
    },
  ): Promise<void>;
  /**
   * The objects that it would apply for a release at rest, for people to compare with those of another one. Asks nobody
   * and answers at once. Left out by runtimes that apply nothing which could be read.
   */
  manifests?(
    target: DeliveryTarget,
    release: DesiredRelease,
  ): DeliveryManifest[];
  /**
   * Asks the vendor what would be different after a release has been rolled out, without changing anything: its objects as
   * they are, and as they would be at rest. Left out by runtimes whose vendor cannot tell.
   */
  preview?(
    target: DeliveryTarget,
    release: DesiredRelease,
    context: {
      /** Aborted when whoever asks does not wait any longer. */
      signal: AbortSignal;
      /** By which it would be rolled out. */
      strategy: keyof Strategy;
    },
  ): Promise<DeliveryPreview>;
  /** Fetches and unpacks the release's artifact. Runs nothing. Returns when it is there. */
  prepare(
    target: DeliveryTarget,
    release: DesiredRelease,
    context: DeliveryCallContext,
  ): Promise<void>;
  /**
   * Whether a release wants something done once it has all traffic, for which `conclude` is called then. Asks nobody. Left
   * out by runtimes whose releases never do.
   */
  concludes?(release: DesiredRelease): boolean;
  /**
   * Does what a release wants done once it has all traffic, such as a command of its own. Returns when that has succeeded;
   * after a wrong end (an `InputError`) the rollout is taken back. Not called for rollbacks. When the rollout is taken back
   * meanwhile, what was begun is ended by `apply`, which is told so (`concluding`).
   */
  conclude?(
    target: DeliveryTarget,
    release: DesiredRelease,
    context: DeliveryCallContext,
  ): Promise<void>;
  /** Takes note of the desired state and starts to work towards it. Returns at once what can be seen now. */
  apply(
    target: DeliveryTarget,
    desired: DesiredState,
    context: DeliveryCallContext,
  ): Promise<Observation>;
  /** What can be seen now. `undefined` when this runtime has nothing of the target. */
  observe(
    target: DeliveryTarget,
    context: DeliveryCallContext,
  ): Promise<Observation | undefined>;
  /**
   * Tells of targets that look different now, for as long as what it returns was not called: a hint to `observe` them,
   * which may be missed. Left out by runtimes that nobody tells.
   */
  onChange?(
    listener: (
      target: Pick<DeliveryTarget, 'componentRef' | 'environmentRef'>,
    ) => void,
  ): () => void;
  /** The last `tail` captured lines of one release, oldest first. */
  logs(
    target: DeliveryTarget,
    options: { releaseId: string; tail: number },
    context: DeliveryCallContext,
  ): Promise<LogLine[]>;
}
