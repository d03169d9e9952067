import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
  type UserEntity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { titlesFor, type RoleTitle } from './roleTitles';

/** What the sign-in page shows of one person who can be chosen. */
export interface ExampleUser {
  userEntityRef: string;
  name: string;
  displayName: string;
  /** What the person does, from the description of the entity. */
  jobTitle?: string;
  /** Display names of the groups that the person is in directly. */
  teams: string[];
  /** Titles of the person's roles in the Slipway permission policy. */
  roles: string[];
}

/** The people that can be chosen on the sign-in page, read from the catalog each time. */
export class ExampleUserDirectory {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      auth: AuthService;
      /** Full references; undefined for every user of the catalog. */
      users?: readonly string[];
      roles: readonly RoleTitle[];
    },
  ) {}

  /** Whether a person may be chosen, as far as the config says. The catalog has the last word. */
  allows(userEntityRef: string): boolean {
    return this.options.users?.includes(userEntityRef) ?? true;
  }

  /** Everybody who can be chosen, by display name. Empty while the catalog has not read its files. */
  async list(): Promise<ExampleUser[]> {
    const { catalog, auth, roles } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      {
        filter: [{ kind: 'user' }, { kind: 'group' }],
        fields: ['kind', 'metadata', 'spec.profile', 'relations'],
      },
      { credentials },
    );
    const byRef = new Map(
      items.map(entity => [stringifyEntityRef(entity), entity]),
    );
    return items
      .filter(isUser)
      .filter(user => this.allows(stringifyEntityRef(user)))
      .map(user => describe(user, byRef, roles))
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  }
}

function describe(
  user: UserEntity,
  byRef: ReadonlyMap<string, Entity>,
  roles: readonly RoleTitle[],
): ExampleUser {
  const userEntityRef = stringifyEntityRef(user);
  const teams = targets(user, RELATION_MEMBER_OF);
  return {
    userEntityRef,
    name: user.metadata.name,
    displayName: displayNameOf(user),
    jobTitle: user.metadata.description,
    teams: teams.map(ref => displayNameOf(byRef.get(ref)) || ref),
    roles: titlesFor(roles, withGroupsAbove([userEntityRef, ...teams], byRef)),
  };
}

function withGroupsAbove(
  refs: readonly string[],
  byRef: ReadonlyMap<string, Entity>,
): Set<string> {
  // A set keeps what is added while it is walked, and adds nothing twice: parents are followed, cycles end.
  const all = new Set(refs);
  for (const ref of all) {
    for (const parent of targets(byRef.get(ref), RELATION_CHILD_OF)) {
      all.add(parent);
    }
  }
  return all;
}

function targets(entity: Entity | undefined, type: string): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

function isUser(entity: Entity): entity is UserEntity {
  return entity.kind.toLocaleLowerCase('en-US') === 'user';
}

function displayNameOf(entity: Entity | undefined): string {
  const profile = entity?.spec?.profile;
  if (
    profile &&
    typeof profile === 'object' &&
    !Array.isArray(profile) &&
    typeof profile.displayName === 'string'
  ) {
    return profile.displayName;
  }
  return entity?.metadata.title ?? entity?.metadata.name ?? '';
}
