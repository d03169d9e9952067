import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fc from 'fast-check';
import { component, environment, group, user } from '../__testUtils__/entities';
import type { RuleCondition } from '../domain/conditions';
import { TIERS, type Grant, type Role } from '../domain/roles';
import { AccessService } from './AccessService';
import { CallerResolver } from './CallerResolver';
import { PeopleDirectory } from './PeopleDirectory';
import { SlipwayPolicy } from './SlipwayPolicy';
import { SubjectReader } from './SubjectReader';

const GROUPS = ['a', 'b', 'c', 'top'];
const OWNERS = ['a', 'b', 'c', 'top', undefined];
const userEntityRef = 'user:default/ana';

const PERMISSIONS = [
  createPermission({ name: 'catalog.entity.create', attributes: {} }),
  createPermission({
    name: 'catalog.entity.read',
    attributes: { action: 'read' },
    resourceType: 'catalog-entity',
  }),
  createPermission({
    name: 'delivery.rollout.create',
    attributes: { action: 'create' },
    resourceType: 'delivery-target',
  }),
  createPermission({
    name: 'scaffolder.task.read',
    attributes: { action: 'read' },
    resourceType: 'scaffolder-task',
  }),
];

const when = fc.oneof(
  fc.constant({ owner: true as const }),
  fc.record({ tiers: fc.subarray([...TIERS], { minLength: 1 }) }),
  fc.record({
    owner: fc.constant(true as const),
    tiers: fc.subarray([...TIERS], { minLength: 1 }),
  }),
);
const permissions = fc.subarray(
  ['*', 'catalog.*', '*.read', ...PERMISSIONS.map(({ name }) => name)],
  { minLength: 1, maxLength: 3 },
);
const grant: fc.Arbitrary<Grant> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ permissions }) },
  { weight: 4, arbitrary: fc.record({ permissions, when }) },
);
const roles: fc.Arbitrary<Role[]> = fc
  .array(
    fc.record({
      members: fc.subarray(
        ['*', userEntityRef, ...GROUPS.map(name => `group:default/${name}`)],
        { minLength: 1, maxLength: 2 },
      ),
      allow: fc.array(grant, { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 4 },
  )
  .map(all =>
    all.map((role, index) => ({
      ...role,
      name: `role-${index}`,
      title: `Role ${index}`,
    })),
  );
const world = fc.record({
  roles,
  memberOf: fc.subarray(GROUPS),
  /** The groups above each group: any, in circles too. */
  above: fc.tuple(...GROUPS.map(() => fc.subarray(GROUPS, { maxLength: 2 }))),
  owner: fc.constantFrom(...OWNERS),
  tier: fc.constantFrom(...TIERS),
  permission: fc.constantFrom(...PERMISSIONS),
  given: fc.constantFrom('nothing', 'both' as const),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const subject = {
  componentRef: 'component:default/quotes',
  environmentRef: 'resource:default/somewhere',
};

/** The policy and the explanations over one catalog, as the module wires them. */
function setup({ roles: all, memberOf, above, owner, tier }: World) {
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const catalog = catalogServiceMock({
    entities: [
      ...GROUPS.map((name, index) => group(name, ...above[index])),
      user('ana', memberOf),
      component('quotes', owner),
      environment('somewhere', tier),
    ],
  });
  const callers = new CallerResolver({
    auth,
    logger,
    catalog,
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef,
        ownershipEntityRefs: [
          userEntityRef,
          ...memberOf.map(name => `group:default/${name}`),
        ],
      }),
    }),
  });

  /** The rules as the plugins that own them evaluate them. */
  function holds({ rule, params }: RuleCondition): boolean {
    return rule === 'HAS_ENVIRONMENT_TIER'
      ? params.tiers.includes(tier)
      : owner !== undefined && params.claims.includes(`group:default/${owner}`);
  }
  const asked: string[] = [];
  const access = new AccessService({
    roles: all,
    auth,
    callers,
    permissions: mockServices.permissions.mock({
      authorize: async () => [{ result: AuthorizeResult.ALLOW }],
    }),
    people: new PeopleDirectory({ auth, catalog }),
    subjects: new SubjectReader(catalog),
    declared: {
      list: async () =>
        PERMISSIONS.map(permission => ({
          name: permission.name,
          pluginId: permission.name.split('.')[0],
          action: 'use',
          ...('resourceType' in permission && {
            resourceType: permission.resourceType,
          }),
        })),
    },
    conditions: {
      check: async questions => {
        asked.push(...questions.map(({ resourceRef }) => resourceRef));
        return new Map(
          questions.map(({ condition }) => [condition, holds(condition)]),
        );
      },
    },
  });
  return {
    access,
    asked,
    holds,
    policy: new SlipwayPolicy({ roles: all, callers, auth, logger }),
  };
}

/** A policy's criteria, evaluated as Backstage does. */
function evaluate(
  criteria: PermissionCriteria<PermissionCondition>,
  holds: (condition: RuleCondition) => boolean,
): boolean {
  if ('allOf' in criteria)
    return criteria.allOf.every(each => evaluate(each, holds));
  if ('anyOf' in criteria)
    return criteria.anyOf.some(each => evaluate(each, holds));
  if ('not' in criteria) return !evaluate(criteria.not, holds);
  return holds(criteria as RuleCondition);
}

describe('AccessService', () => {
  it.each(['oneself', 'another'])(
    'explains, about %s, just what the policy decides and its conditions give',
    async who => {
      const credentials =
        who === 'oneself'
          ? mockCredentials.user(userEntityRef)
          : mockCredentials.user('user:default/grace');
      await fc.assert(
        fc.asyncProperty(world, async here => {
          const { access, asked, holds, policy } = setup(here);
          const { permission, given } = here;
          const self = mockCredentials.user(userEntityRef);
          const decision = await policy.handle({ permission }, {
            credentials: self,
            info: { userEntityRef, ownershipEntityRefs: [] },
          } as unknown as Parameters<SlipwayPolicy['handle']>[1]);
          const explanation = await access.explain(
            {
              userEntityRef,
              permission: permission.name,
              ...(given === 'both' && subject),
            },
            credentials,
          );

          const checkable =
            given === 'both' && permission.name !== 'scaffolder.task.read';
          const expected = () => {
            if (decision.result !== AuthorizeResult.CONDITIONAL)
              return decision.result === AuthorizeResult.ALLOW
                ? 'allow'
                : 'deny';
            if (!checkable) return 'conditional';
            return evaluate(decision.conditions, holds) ? 'allow' : 'deny';
          };
          expect(explanation.verdict).toBe(expected());
          expect(explanation.message).toMatch(/^ana may .*\.$/);
          // Nothing is asked of a resource that is not there, and no help offered where none is needed.
          expect(asked.length === 0 || checkable).toBe(true);
          expect(
            explanation.wouldAllow.length === 0 ||
              explanation.verdict === 'deny',
          ).toBe(true);
          expect(
            explanation.rules.some(({ outcome }) => outcome === 'applies'),
          ).toBe(explanation.verdict === 'allow');
        }),
        { numRuns: 300 },
      );
    },
  );

  it('names as a help only roles that would really allow it: given to the person, they do', async () => {
    await fc.assert(
      fc.asyncProperty(world, async here => {
        const question = {
          userEntityRef,
          permission: here.permission.name,
          ...(here.given === 'both' && subject),
        };
        const credentials = mockCredentials.user(userEntityRef);
        const before = await setup(here).access.explain(question, credentials);
        for (const { role: name } of before.wouldAllow) {
          const after = await setup({
            ...here,
            roles: here.roles.map(role =>
              role.name === name ? { ...role, members: [userEntityRef] } : role,
            ),
          }).access.explain(question, credentials);
          expect(after.verdict).not.toBe('deny');
        }
      }),
      { numRuns: 300 },
    );
  });
});
