import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Caller } from '../domain/roles';
import {
  groupsAbove,
  isGroup,
  normaliseRef,
  readGroupParents,
  type GroupParents,
} from './groupsAbove';
import { remembered } from './remembered';

/** Users read at once. */
const PAGE_SIZE = 500;

const FIELDS = ['kind', 'metadata', 'spec.profile', 'relations'];

/** A user of the catalog, as the policy would see them if they asked. */
export interface Person extends Caller {
  displayName: string;
}

/**
 * The users of the catalog with the groups that count for them. Ownership is derived as Backstage's sign-in does by
 * default: the user and the groups that the user is directly in.
 */
export class PeopleDirectory {
  /** Everybody, by display name. */
  readonly list: () => Promise<Person[]>;

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      /** Milliseconds since the epoch. */
      now?: () => number;
    },
  ) {
    this.list = remembered(() => this.#readAll(), options.now);
  }

  /** Undefined if the catalog has no such user. */
  async find(userEntityRef: string): Promise<Person | undefined> {
    const { auth, catalog } = this.options;
    const user = await catalog.getEntityByRef(userEntityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    return (
      user &&
      toPerson(user, await readGroupParents(groupsOf(user), this.options))
    );
  }

  async #readAll(): Promise<Person[]> {
    const { auth, catalog } = this.options;
    const users: Entity[] = [];
    let cursor: string | undefined;
    do {
      const { items, pageInfo } = await catalog.queryEntities(
        cursor
          ? { cursor, fields: FIELDS, limit: PAGE_SIZE }
          : {
              filter: { kind: 'user' },
              // Pages need an order that does not change between them.
              orderFields: { field: 'metadata.name', order: 'asc' },
              fields: FIELDS,
              limit: PAGE_SIZE,
            },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      users.push(...items);
      cursor = pageInfo.nextCursor;
    } while (cursor);

    const parents = await readGroupParents(
      new Set(users.flatMap(groupsOf)),
      this.options,
    );
    return users
      .map(user => toPerson(user, parents))
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  }
}

function toPerson(user: Entity, parents: GroupParents): Person {
  const userEntityRef = stringifyEntityRef(user);
  const ownershipEntityRefs = [...new Set([userEntityRef, ...groupsOf(user)])];
  return {
    userEntityRef,
    displayName: displayNameOf(user),
    ownershipEntityRefs,
    ancestorGroupRefs: groupsAbove(ownershipEntityRefs, parents),
  };
}

function groupsOf(user: Entity): string[] {
  return (user.relations ?? [])
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => normaliseRef(targetRef))
    .filter(isGroup);
}

function displayNameOf({ metadata, spec }: Entity): string {
  const profile = spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile)
      ? profile.displayName
      : undefined;
  return typeof displayName === 'string' && displayName
    ? displayName
    : (metadata.title ?? metadata.name);
}
