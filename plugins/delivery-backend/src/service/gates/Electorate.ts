import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogReader } from '../../catalog/CatalogReader';
import type { Voters } from '../../database/ApprovalStore';
import type { DelegationStore } from '../../database/DelegationStore';

/** Finds out as whom a person may vote: as themselves, and as whoever lets them. */
export class Electorate {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      delegations: DelegationStore;
      now: () => number;
    },
  ) {}

  /** Groups are read with the plugin's own rights: whose vote counts must not depend on what somebody may see. */
  async votersFor(userRef: string): Promise<Voters> {
    const { auth, catalog, delegations, now } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const others = await delegations.activeTo(
      userRef,
      new Date(now()).toISOString(),
    );
    const seats = await Promise.all(
      [userRef, ...others].map(async ref => ({
        ref,
        groups: await catalog.groupsOf(ref, credentials),
      })),
    );
    return { me: userRef, seats };
  }
}
