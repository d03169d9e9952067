import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  accessReadPermission,
  type AccessAction,
  type AccessExplanation,
  type AccessPerson,
  type AccessRole,
} from '@slipway/backstage-plugin-access-common';
import { accessRule } from '../domain/accessRule';
import {
  canAnswer,
  partsOf,
  resourceRefFor,
  type Subject,
} from '../domain/conditions';
import { decide, type NamingGrant } from '../domain/decide';
import { explain, grantsNotHeld } from '../domain/explain';
import { globMatches } from '../domain/permissionGlob';
import { membershipOf, type Role } from '../domain/roles';
import type { CallerResolver } from './CallerResolver';
import type { ConditionChecker, ConditionQuestion } from './ConditionChecker';
import type {
  DeclaredPermission,
  DeclaredPermissions,
} from './DeclaredPermissions';
import { normaliseRef } from './groupsAbove';
import type { PeopleDirectory, Person } from './PeopleDirectory';
import type { SubjectReader } from './SubjectReader';

/** May this person do that, and if so to this component in this environment? All references full and in lower case. */
export interface AccessQuestion extends Subject {
  userEntityRef: string;
  permission: string;
}

/** Tells who may do what, and why. Whoever asks is asked for `slipway.access.read` here and nowhere else. */
export class AccessService {
  constructor(
    private readonly options: {
      roles: readonly Role[];
      auth: AuthService;
      permissions: PermissionsService;
      callers: CallerResolver;
      people: Pick<PeopleDirectory, 'list' | 'find'>;
      declared: Pick<DeclaredPermissions, 'list'>;
      subjects: Pick<SubjectReader, 'read'>;
      conditions: Pick<ConditionChecker, 'check'>;
    },
  ) {}

  /** In the order of the config. Throws `NotAllowedError`. */
  async listRoles(credentials: BackstageCredentials): Promise<AccessRole[]> {
    await this.#requireRead(credentials);
    const { roles } = this.options;
    const people = await this.options.people.list();
    return roles.map(role => ({
      name: role.name,
      title: role.title,
      ...(role.description && { description: role.description }),
      members: [...role.members],
      people: people
        .filter(person => membershipOf(role, person) !== undefined)
        .map(({ userEntityRef }) => userEntityRef),
      rules: role.allow.map((_, grant) =>
        accessRule(roles, { role: role.name, grant }),
      ),
    }));
  }

  /** Everybody for whoever may see others; otherwise the caller alone. Throws `NotAllowedError` for other services. */
  async listPeople(credentials: BackstageCredentials): Promise<AccessPerson[]> {
    const people = (await this.#mayRead(credentials))
      ? await this.options.people.list()
      : [await this.#self(credentials)];
    return people.map(person => ({
      userEntityRef: person.userEntityRef,
      displayName: person.displayName,
      roles: this.options.roles.flatMap(role => {
        const through = membershipOf(role, person);
        return through === undefined
          ? []
          : [{ name: role.name, title: role.title, through }];
      }),
    }));
  }

  /** By plugin, then name; with the rules for whoever may see others. */
  async listActions(
    credentials: BackstageCredentials,
  ): Promise<AccessAction[]> {
    const mayRead = await this.#mayRead(credentials);
    const declared = await this.options.declared.list();
    return declared.map(({ name, ...rest }) => ({
      permission: name,
      ...rest,
      ...(mayRead && {
        rules: this.#rulesThatAllow(name, rest.resourceType),
      }),
    }));
  }

  /**
   * Throws `NotAllowedError` for questions about others without the permission, `NotFoundError` naming the field
   * that is unknown, and `ServiceUnavailableError` if the plugin that knows the resource does not answer.
   */
  async explain(
    { userEntityRef, permission: name, ...subject }: AccessQuestion,
    credentials: BackstageCredentials,
  ): Promise<AccessExplanation> {
    const { roles, subjects } = this.options;
    const person = await this.#personAskedAbout(userEntityRef, credentials);
    const permission = await this.#declared(name);
    const facts = await subjects.read(subject, credentials);

    const decision = decide(roles, permission, person);
    const notHeld = grantsNotHeld(roles, permission, person);
    const answers = await this.options.conditions.check(
      [...decision.naming, ...notHeld].flatMap(grant =>
        questionsOf(grant, subject),
      ),
    );
    return explain({
      roles,
      permission,
      caller: person,
      displayName: person.displayName,
      decision,
      notHeld,
      subject,
      facts,
      answers,
    });
  }

  #rulesThatAllow(permission: string, resourceType: string | undefined) {
    const { roles } = this.options;
    return roles.flatMap(role =>
      role.allow.flatMap(({ permissions, when }, grant) =>
        permissions.some(glob => globMatches(glob, permission)) &&
        (!when || canAnswer(when, resourceType))
          ? [accessRule(roles, { role: role.name, grant }, resourceType)]
          : [],
      ),
    );
  }

  async #declared(name: string): Promise<DeclaredPermission> {
    const declared = await this.options.declared.list();
    const permission = declared.find(each => each.name === name);
    if (!permission)
      throw new NotFoundError(
        `permission: no plugin that answers declares a permission "${name}"`,
      );
    return permission;
  }

  /** Oneself as signed in, which is what the policy sees; others as the catalog has them. */
  async #personAskedAbout(
    userEntityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Person> {
    const { auth, people } = this.options;
    if (
      auth.isPrincipal(credentials, 'user') &&
      normaliseRef(credentials.principal.userEntityRef) === userEntityRef
    ) {
      return this.#self(credentials);
    }
    await this.#requireRead(
      credentials,
      'without it you may only ask about yourself',
    );
    const person = await people.find(userEntityRef);
    if (!person)
      throw new NotFoundError(
        `userEntityRef: there is no user "${userEntityRef}" in the catalog`,
      );
    return person;
  }

  async #self(credentials: BackstageCredentials): Promise<Person> {
    const { auth, callers, people } = this.options;
    if (!auth.isPrincipal(credentials, 'user')) throw missing();
    const caller = await callers.resolve(credentials);
    const person = await people.find(caller.userEntityRef);
    return {
      ...caller,
      // Whoever may sign in without being in the catalog has a name all the same.
      displayName:
        person?.displayName ?? parseEntityRef(caller.userEntityRef).name,
    };
  }

  async #requireRead(credentials: BackstageCredentials, hint?: string) {
    if (!(await this.#mayRead(credentials))) throw missing(hint);
  }

  async #mayRead(credentials: BackstageCredentials): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission: accessReadPermission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }
}

/** What has to be asked of a plugin to know whether a grant counts, as far as the subject is enough to ask it. */
function questionsOf(
  { when, condition }: NamingGrant,
  subject: Subject,
): ConditionQuestion[] {
  if (!when || !condition) return [];
  const { pluginId, resourceType, allOf } = condition;
  return partsOf(when).flatMap((part, index) => {
    const resourceRef = resourceRefFor(resourceType, subject, part);
    return resourceRef
      ? [{ pluginId, resourceRef, condition: allOf[index] }]
      : [];
  });
}

function missing(hint?: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission ${accessReadPermission.name}${hint ? `; ${hint}` : ''}`,
  );
}
