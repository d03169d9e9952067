import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** The catalog takes a few seconds between a registration and the entity. */
export async function waitForEntity(
  entityRef: string,
  options: {
    catalog: CatalogService;
    credentials: BackstageCredentials;
    logger: LoggerService;
    timeoutSeconds: number;
    signal?: AbortSignal;
    pollMs?: number;
  },
): Promise<Entity> {
  const { catalog, credentials, logger, timeoutSeconds, signal } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let announced = false;
  for (;;) {
    signal?.throwIfAborted();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (entity) return entity;
    if (Date.now() >= deadline) {
      throw new NotFoundError(
        `${entityRef} did not appear in the catalog within ${timeoutSeconds} s. See whether it was registered, whether catalog.rules allow it, and what the catalog's log says about it`,
      );
    }
    if (!announced) {
      logger.info(`Waiting for ${entityRef} to appear in the catalog`);
      announced = true;
    }
    await sleep(options.pollMs ?? 1000, undefined, { signal });
  }
}
