import { ConflictError, NotFoundError } from '@backstage/errors';
import { StaleVersionError } from '@slipway/backstage-plugin-slipway-node';
import {
  RunFinishedError,
  RunNotFoundError,
  VersionConflictError,
} from '@slipway/workflow-engine';

/** Another request, or the engine, ended the run a moment before. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof RunFinishedError;
}

/** The engine's errors in the words that REST, the actions registry and MCP all understand. */
export function translated(error: unknown): unknown {
  if (error instanceof VersionConflictError)
    return new StaleVersionError(
      error.expectedVersion,
      error.actualVersion,
      'change',
    );
  if (error instanceof RunFinishedError)
    return new ConflictError('This has ended already.');
  if (error instanceof RunNotFoundError)
    return new NotFoundError(`There is no change '${error.runId}'`);
  return error;
}
