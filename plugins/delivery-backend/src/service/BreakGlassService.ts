import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  breakGlassReviewPermission,
  type Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  type Mutations,
  StaleVersionError,
} from '@slipway/backstage-plugin-slipway-node';
import type { CatalogReader } from '../catalog/CatalogReader';
import { ApprovalStore } from '../database/ApprovalStore';
import type { Journal } from './Journal';
import type { RolloutReader } from './RolloutReader';

/** Has every use of break-glass looked at by somebody else afterwards. */
export class BreakGlassService {
  constructor(
    private readonly options: {
      reader: RolloutReader;
      catalog: CatalogReader;
      authorizer: Authorizer;
      journal: Journal;
      mutations: Mutations;
      now: () => number;
    },
  ) {}

  async review(
    id: string,
    request: { reason: string; expectedVersion?: number },
    caller: Caller,
  ): Promise<Rollout> {
    const { authorizer, catalog, journal, mutations, now, reader } =
      this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'breakglass-review',
        severityLevel: 'high',
        meta: { rolloutId: id },
      },
      async () => {
        const { rollout } = await reader.stored(id);
        const component = await catalog.component(
          rollout.componentRef,
          caller.credentials,
        );
        await authorizer.requireFor(
          breakGlassReviewPermission,
          { ownerRef: component?.ownerRef, tier: rollout.tier },
          caller.credentials,
          'review this use of break-glass',
        );
        const { reason: comment, expectedVersion } = request;
        const operation = {
          name: 'breakglass.review',
          request: { id, comment },
        };
        await mutations.idempotent(caller, operation, async () => {
          const by = actorOf(caller).id;
          if (
            expectedVersion !== undefined &&
            expectedVersion !== rollout.version
          )
            throw new StaleVersionError(expectedVersion, rollout.version);
          const brokenBy = rollout.gates?.breakGlass?.by;
          if (brokenBy === by)
            throw new NotAllowedError(
              'Whoever broke the glass may not review it',
            );
          return mutations.once(caller, operation, async tx => {
            const at = new Date(now()).toISOString();
            const reviewed = await ApprovalStore.review(tx, id, {
              by,
              at,
              comment,
            });
            if (!reviewed || brokenBy === undefined)
              throw new ConflictError(
                'There is nothing to review: the glass was not broken, or somebody has reviewed it',
              );
            const { componentRef, environmentRef } = rollout;
            await journal.write(
              tx,
              {
                type: 'breakglass.reviewed',
                about: id,
                componentRef,
                environmentRef,
                brokenBy,
                comment,
              },
              caller,
            );
            return id;
          });
        });
        return reader.shown(id, caller);
      },
    );
  }
}
