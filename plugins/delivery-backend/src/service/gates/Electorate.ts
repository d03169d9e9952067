import type { AuthService } from '@backstage/backend-plugin-api';
import { actorOf, type Caller } from '@slipway/backstage-plugin-slipway-node';
import type { CatalogReader } from '../../catalog/CatalogReader';
import type { Voters } from '../../database/ApprovalStore';
import type { DelegationStore } from '../../database/DelegationStore';

/** A catalog takes longer to learn of a new member. */
const shownForMs = 10_000;
const mostShown = 1000;

/** Finds out as whom a person may vote: as themselves, and as whoever lets them. */
export class Electorate {
  /** Each step up in the groups is a request to the catalog. */
  readonly #shown = new Map<
    string,
    { at: number; groups: Promise<string[]> }
  >();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      delegations: DelegationStore;
      now: () => number;
    },
  ) {}

  /** As things are now: for whoever votes. */
  votersFor(userRef: string): Promise<Voters> {
    return this.#voters(userRef, ref => this.#groupsOf(ref));
  }

  /** With groups as they were some seconds ago: for lists, and for what is offered. */
  votersShown(userRef: string): Promise<Voters> {
    return this.#voters(userRef, ref => this.#groupsShown(ref));
  }

  /** For what is offered to a caller. Services have no vote. */
  async votersOf(caller: Caller): Promise<Voters> {
    const { id, type } = actorOf(caller);
    return type === 'user' ? this.votersShown(id) : { me: id, seats: [] };
  }

  async #voters(
    userRef: string,
    groupsOf: (ref: string) => Promise<string[]>,
  ): Promise<Voters> {
    const { delegations, now } = this.options;
    const others = await delegations.activeTo(
      userRef,
      new Date(now()).toISOString(),
    );
    const seats = await Promise.all(
      [userRef, ...others].map(async ref => ({
        ref,
        groups: await groupsOf(ref),
      })),
    );
    return { me: userRef, seats };
  }

  /** Read with the plugin's own rights: whose vote counts must not depend on what somebody may see. */
  async #groupsOf(ref: string): Promise<string[]> {
    const { auth, catalog } = this.options;
    return catalog.groupsOf(ref, await auth.getOwnServiceCredentials());
  }

  #groupsShown(ref: string): Promise<string[]> {
    const at = this.options.now();
    const known = this.#shown.get(ref);
    if (known && at - known.at < shownForMs) return known.groups;
    const groups = this.#groupsOf(ref);
    this.#shown.delete(ref);
    this.#shown.set(ref, { at, groups });
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > mostShown) this.#shown.delete(oldest);
    groups.catch(() => {
      if (this.#shown.get(ref)?.groups === groups) this.#shown.delete(ref);
    });
    return groups;
  }
}
