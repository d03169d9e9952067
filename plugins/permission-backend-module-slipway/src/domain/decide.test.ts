import fc from 'fast-check';
import { decide, type AskedPermission, type Decision } from './decide';
import { TIERS, type Caller, type Grant, type Role } from './roles';

const REFS = [
  'user:default/ana',
  'group:default/a',
  'group:default/b',
  'group:default/top',
];
const PERMISSIONS: AskedPermission[] = [
  { name: 'catalog.entity.create' },
  { name: 'catalog.entity.read', resourceType: 'catalog-entity' },
  { name: 'delivery.rollout.create', resourceType: 'delivery-target' },
  { name: 'delivery.release.read' },
  { name: 'scaffolder.task.read', resourceType: 'scaffolder-task' },
  { name: 'scaffolder.action.execute', resourceType: 'scaffolder-action' },
];

const when = fc.oneof(
  fc.constant({ owner: true as const }),
  fc.record({ tiers: fc.subarray([...TIERS], { minLength: 1 }) }),
  fc.record({
    owner: fc.constant(true as const),
    tiers: fc.subarray([...TIERS], { minLength: 1 }),
  }),
);
const globs = fc.subarray(
  ['*', 'catalog.*', '*.read', ...PERMISSIONS.map(({ name }) => name)],
  { minLength: 1 },
);
const conditionalGrant = fc.record({ permissions: globs, when });
const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  fc.record({ permissions: globs }),
  conditionalGrant,
);
const roleWith = (grant: fc.Arbitrary<Grant>): fc.Arbitrary<Role> =>
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,6}$/),
    title: fc.constant('A role'),
    members: fc.subarray(['*', ...REFS], { minLength: 1 }),
    allow: fc.array(grant, { minLength: 1, maxLength: 4 }),
  });
const roles = fc.array(roleWith(anyGrant), { maxLength: 5 });
const permission = fc.constantFrom(...PERMISSIONS);
const caller: fc.Arbitrary<Caller> = fc.record({
  userEntityRef: fc.constant('user:default/ana'),
  ownershipEntityRefs: fc
    .subarray(REFS.slice(1, 3))
    .map(groups => ['user:default/ana', ...groups]),
  ancestorGroupRefs: fc.subarray(['group:default/top']),
});

/** How much a decision allows: nothing, some resources, all. */
function strength({ result }: Decision): number {
  return ['deny', 'conditional', 'allow'].indexOf(result);
}

/** The alternatives of a decision as text, to compare sets of them. */
function alternatives(decision: Decision): string[] {
  return decision.result === 'conditional'
    ? decision.anyOf.map(condition => JSON.stringify(condition))
    : [];
}

describe('decide', () => {
  it('denies when there are no roles', () => {
    fc.assert(
      fc.property(permission, caller, (asked, who) => {
        expect(decide([], asked, who).result).toBe('deny');
      }),
    );
  });

  it('denies whoever is no member of any role', () => {
    fc.assert(
      fc.property(roles, permission, (all, asked) => {
        const nobody: Caller = {
          userEntityRef: 'user:default/nobody',
          ownershipEntityRefs: ['user:default/nobody'],
          ancestorGroupRefs: [],
        };
        const closed = all.map(role => ({
          ...role,
          members: role.members.filter(member => member !== '*'),
        }));
        expect(decide(closed, asked, nobody).result).toBe('deny');
      }),
    );
  });

  it('never takes a right away when a role is added, wherever it is put', () => {
    fc.assert(
      fc.property(
        roles,
        roleWith(anyGrant),
        fc.nat({ max: 5 }),
        permission,
        caller,
        (before, added, position, asked, who) => {
          const after = [...before];
          after.splice(position, 0, added);
          const was = decide(before, asked, who);
          const is = decide(after, asked, who);
          expect(strength(is)).toBeGreaterThanOrEqual(strength(was));
          const kept = is.result === 'allow' ? was : is;
          expect(alternatives(kept)).toEqual(
            expect.arrayContaining(alternatives(was)),
          );
        },
      ),
    );
  });

  it('never allows without a condition when all grants have one', () => {
    fc.assert(
      fc.property(
        fc.array(roleWith(conditionalGrant)),
        permission,
        caller,
        (all, asked, who) => {
          expect(decide(all, asked, who).result).not.toBe('allow');
        },
      ),
    );
  });

  it('asks conditions only of the resource that the permission is about, and at least one', () => {
    fc.assert(
      fc.property(roles, permission, caller, (all, asked, who) => {
        const decision = decide(all, asked, who);
        const conditions =
          decision.result === 'conditional' ? decision.anyOf : [];
        expect(decision).not.toMatchObject({
          result: 'conditional',
          anyOf: [],
        });
        for (const { resourceType, allOf, pluginId } of conditions) {
          expect(resourceType).toBe(asked.resourceType);
          expect(pluginId).toBe(asked.name.split('.')[0]);
          expect(allOf.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  const ana: Caller = {
    userEntityRef: 'user:default/ana',
    ownershipEntityRefs: ['user:default/ana', 'group:default/booking-team'],
    ancestorGroupRefs: ['group:default/engineering'],
  };
  const rolloutCreate = {
    name: 'delivery.rollout.create',
    resourceType: 'delivery-target',
  };

  it('counts groups above the own ones for membership, but not for ownership', () => {
    const decision = decide(
      [
        {
          name: 'developer',
          title: 'Developer',
          members: ['group:default/engineering'],
          allow: [
            {
              permissions: ['delivery.rollout.*'],
              when: { owner: true, tiers: ['development', 'staging'] },
            },
          ],
        },
      ],
      rolloutCreate,
      ana,
    );
    expect(decision).toMatchObject({
      result: 'conditional',
      because: [{ role: 'developer', grant: 0 }],
      naming: [{ role: 'developer', through: 'group:default/engineering' }],
      anyOf: [
        {
          pluginId: 'delivery',
          resourceType: 'delivery-target',
          allOf: [
            {
              rule: 'IS_COMPONENT_OWNER',
              resourceType: 'delivery-target',
              params: {
                claims: ['user:default/ana', 'group:default/booking-team'],
              },
            },
            {
              rule: 'HAS_ENVIRONMENT_TIER',
              resourceType: 'delivery-target',
              params: { tiers: ['development', 'staging'] },
            },
          ],
        },
      ],
    });
  });

  it('lets a grant without a condition win, and says which', () => {
    expect(
      decide(
        [
          {
            name: 'developer',
            title: 'Developer',
            members: ['*'],
            allow: [{ permissions: ['delivery.*'], when: { owner: true } }],
          },
          {
            name: 'release-manager',
            title: 'Release manager',
            members: ['user:default/ana'],
            allow: [
              { permissions: ['catalog.*'] },
              { permissions: ['delivery.rollout.create'] },
            ],
          },
        ],
        rolloutCreate,
        ana,
      ),
    ).toMatchObject({
      result: 'allow',
      because: { role: 'release-manager', grant: 1 },
    });
  });

  it.each([
    [{ owner: true } as const, { name: 'catalog.entity.create' }],
    [
      { owner: true } as const,
      { name: 'scaffolder.action.execute', resourceType: 'scaffolder-action' },
    ],
    [
      { tiers: ['production'] } as const,
      { name: 'catalog.entity.read', resourceType: 'catalog-entity' },
    ],
    [{ owner: true } as const, { name: 'x.y', resourceType: 'constructor' }],
  ])(
    'does not count a condition (%j) that nothing can answer (%j)',
    (condition, asked) => {
      expect(
        decide(
          [
            {
              name: 'all',
              title: 'All',
              members: ['*'],
              allow: [{ permissions: ['*'], when: condition }],
            },
          ],
          asked,
          ana,
        ),
      ).toEqual({
        result: 'deny',
        naming: [{ role: 'all', grant: 0, through: '*', when: condition }],
      });
    },
  );
});
