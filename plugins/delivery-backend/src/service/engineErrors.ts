import { ConflictError, NotFoundError } from '@backstage/errors';
import { StaleVersionError } from '@slipway/backstage-plugin-slipway-node';
import {
  RunFinishedError,
  RunNotFoundError,
  VersionConflictError,
} from '@slipway/workflow-engine';

/** The engine's errors in the words that REST, the actions registry and MCP all understand. */
export function translated(error: unknown): unknown {
  if (error instanceof VersionConflictError)
    return new StaleVersionError(error.expectedVersion, error.actualVersion);
  if (error instanceof RunFinishedError)
    return new ConflictError('This has ended already.');
  if (error instanceof RunNotFoundError)
    return new NotFoundError(`There is no rollout '${error.runId}'`);
  return error;
}
