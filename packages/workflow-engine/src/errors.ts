/** Throw it from an effect handler when trying again cannot help. */
export class NotRetryableError extends Error {
  readonly name = 'NotRetryableError';
}

export class RunNotFoundError extends Error {
  readonly name = 'RunNotFoundError';
  constructor(readonly runId: string) {
    super(`There is no run '${runId}'; check the id`);
  }
}

export class RunExistsError extends Error {
  readonly name = 'RunExistsError';
  constructor(readonly runId: string) {
    super(
      `A run '${runId}' exists already; leave the id out, or pass an idempotencyKey to make the start repeatable`,
    );
  }
}

export class RunFinishedError extends Error {
  readonly name = 'RunFinishedError';
  constructor(
    readonly runId: string,
    readonly status: string,
  ) {
    super(
      `Run '${runId}' has ${status} and takes no more commands; start a new run`,
    );
  }
}

export class VersionConflictError extends Error {
  readonly name = 'VersionConflictError';
  constructor(
    readonly runId: string,
    readonly expectedVersion: number,
    readonly actualVersion: number,
  ) {
    super(
      `Run '${runId}' is at version ${actualVersion}, not ${expectedVersion}; read it again and decide anew`,
    );
  }
}

export class IdempotencyConflictError extends Error {
  readonly name = 'IdempotencyConflictError';
  constructor(readonly idempotencyKey: string) {
    super(
      `The idempotency key '${idempotencyKey}' was used for another command; use a new key for a new command`,
    );
  }
}

/** The workflow's decision would leave the run in a state that the engine does not allow. */
export class InvariantViolationError extends Error {
  readonly name: string = 'InvariantViolationError';
  constructor(
    readonly runId: string,
    problem: string,
  ) {
    super(`The decision for run '${runId}' was refused: ${problem}`);
  }
}

export class DuplicateEffectError extends InvariantViolationError {
  readonly name = 'DuplicateEffectError';
  constructor(
    runId: string,
    readonly key: string,
  ) {
    super(
      runId,
      `the effect key '${key}' is still open; cancel it in the same decision or use another key`,
    );
  }
}

export class UnknownWorkflowError extends Error {
  readonly name = 'UnknownWorkflowError';
  constructor(readonly workflowType: string) {
    super(
      `No workflow of type '${workflowType}' was given to createEngine; add its definition to 'workflows'`,
    );
  }
}

export class InvalidCursorError extends Error {
  readonly name = 'InvalidCursorError';
  constructor() {
    super(
      'The cursor is not one that this feed handed out; leave it out to read from the beginning',
    );
  }
}

export class UnsupportedDatabaseError extends Error {
  readonly name = 'UnsupportedDatabaseError';
}
