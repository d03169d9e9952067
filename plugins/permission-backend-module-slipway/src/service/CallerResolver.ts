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
import { groupsAbove, normaliseRef, readGroupParents } from './groupsAbove';
import { REMEMBER_MS } from './remembered';

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
    const ownershipEntityRefs = info.ownershipEntityRefs.map(normaliseRef);
    let ancestorGroupRefs: string[] = [];
    try {
      ancestorGroupRefs = groupsAbove(
        ownershipEntityRefs,
        await readGroupParents(ownershipEntityRefs, this.options),
      );
    } catch (error) {
      // Fewer groups can only mean fewer rights, so going on is safe.
      this.options.logger.warn(
        `Could not read the groups above those of ${info.userEntityRef}; roles given to them do not count for now`,
        toError(error),
      );
      doNotRemember();
    }
    return {
      userEntityRef: normaliseRef(info.userEntityRef),
      ownershipEntityRefs,
      ancestorGroupRefs,
    };
  }
}
