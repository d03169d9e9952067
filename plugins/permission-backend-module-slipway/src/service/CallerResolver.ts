import {
  RELATION_CHILD_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Caller } from '../domain/roles';

/**
 * How long a person's groups are remembered, in milliseconds. A page asks dozens of permissions within a second
 * or two; half a minute is what an administrator has to wait after a change of groups.
 */
const REMEMBER_MS = 30_000;

/** Groups above one another are followed this far: deeper organisations do not exist, cycles do. */
const MAX_DEPTH = 20;

interface Remembered {
  caller: Promise<Caller>;
  until: number;
}

/** Finds out who asks and which groups that person belongs to, without asking the catalog for every decision. */
export class CallerResolver {
  readonly #remembered = new Map<string, Remembered>();

  constructor(
    private readonly options: {
      auth: AuthService;
      userInfo: UserInfoService;
      catalog: CatalogService;
      logger: LoggerService;
      /** Milliseconds since the epoch. */
      now?: () => number;
    },
  ) {}

  /** Throws what the user info service throws. A catalog that does not answer costs the groups above, no more. */
  async resolve(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Caller> {
    const now = (this.options.now ?? Date.now)();
    const key = credentials.principal.userEntityRef;
    const known = this.#remembered.get(key);
    if (known && known.until > now) {
      return known.caller;
    }

    this.#forgetExpired(now);
    const caller = this.#lookUp(credentials, () =>
      this.#remembered.delete(key),
    );
    this.#remembered.set(key, { caller, until: now + REMEMBER_MS });
    // A failure must not be what everybody gets for the next half minute.
    caller.catch(() => this.#remembered.delete(key));
    return caller;
  }

  #forgetExpired(now: number) {
    for (const [key, { until }] of this.#remembered) {
      if (until <= now) this.#remembered.delete(key);
    }
  }

  async #lookUp(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    doNotRemember: () => void,
  ): Promise<Caller> {
    const info = await this.options.userInfo.getUserInfo(credentials);
    const ownershipEntityRefs = info.ownershipEntityRefs.map(normalise);
    let ancestorGroupRefs: string[] = [];
    try {
      ancestorGroupRefs = await this.#groupsAbove(ownershipEntityRefs);
    } catch (error) {
      // Fewer groups can only mean fewer rights, so going on is safe.
      this.options.logger.warn(
        `Could not read the groups above those of ${info.userEntityRef}; roles given to them do not count for now`,
        toError(error),
      );
      doNotRemember();
    }
    return {
      userEntityRef: normalise(info.userEntityRef),
      ownershipEntityRefs,
      ancestorGroupRefs,
    };
  }

  async #groupsAbove(refs: readonly string[]): Promise<string[]> {
    const seen = new Set(refs);
    const above: string[] = [];
    let level = refs.filter(isGroup);
    for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
      const { items } = await this.options.catalog.getEntitiesByRefs(
        { entityRefs: level, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await this.options.auth.getOwnServiceCredentials() },
      );
      level = items.flatMap(parentsOf).filter(ref => !seen.has(ref));
      for (const ref of level) seen.add(ref);
      above.push(...new Set(level));
    }
    return above;
  }
}

function normalise(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}

function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}

function parentsOf(group: Entity | undefined): string[] {
  return (group?.relations ?? [])
    .filter(relation => relation.type === RELATION_CHILD_OF)
    .map(relation => normalise(relation.targetRef))
    .filter(isGroup);
}
