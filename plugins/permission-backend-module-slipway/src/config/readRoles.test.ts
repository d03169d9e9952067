import { mockServices } from '@backstage/backend-test-utils';
import { grantsThatCannotCount } from './warnings';
import { readRoles } from './readRoles';

function read(slipway: object | undefined) {
  return readRoles(
    mockServices.rootConfig({ data: { permission: { slipway } } }),
  );
}

const role = {
  name: 'viewer',
  members: ['*'],
  allow: [{ permissions: ['catalog.entity.read'] }],
};

describe('readRoles', () => {
  it('reads roles and puts references into their full form', () => {
    expect(
      read({
        roles: [
          {
            ...role,
            title: 'Viewer',
            description: 'Sees things.',
            members: ['user:Ana', 'group:Default/Engineering', '*'],
          },
        ],
      }),
    ).toEqual([
      {
        name: 'viewer',
        title: 'Viewer',
        description: 'Sees things.',
        members: ['user:default/ana', 'group:default/engineering', '*'],
        allow: [{ permissions: ['catalog.entity.read'] }],
      },
    ]);
  });

  it('takes the name of a role for its title when there is none', () => {
    expect(read({ roles: [role] })).toEqual([{ ...role, title: 'viewer' }]);
  });

  it('says what to do when there are no roles', () => {
    expect(() => read(undefined)).toThrow(
      /permission\.slipway\.roles is missing/,
    );
  });

  it.each([
    ['an unknown key', { ...role, alow: [] }, /roles\[0\]: .*alow/],
    [
      'no members',
      { ...role, members: [] },
      /roles\[0\]\.members: must have at least one member/,
    ],
    [
      'a member that is a component',
      { ...role, members: ['component:default/x'] },
      /roles\[0\]\.members\[0\]: .*component/,
    ],
    [
      'a member without a kind',
      { ...role, members: ['ana'] },
      /roles\[0\]\.members\[0\]: /,
    ],
    [
      'a bad glob',
      { ...role, allow: [{ permissions: ['a', 'b.**'] }] },
      /roles\[0\]\.allow\[0\]\.permissions\[1\]: .*"\*"/,
    ],
    [
      'no permissions',
      { ...role, allow: [{ permissions: [] }] },
      /permissions: must name at least one/,
    ],
    [
      'an unknown tier',
      { ...role, allow: [{ permissions: ['a'], when: { tiers: ['prod'] } }] },
      /when\.tiers\[0\]: /,
    ],
    [
      'an empty condition',
      { ...role, allow: [{ permissions: ['a'], when: {} }] },
      /when: is empty/,
    ],
    [
      'owner: false',
      { ...role, allow: [{ permissions: ['a'], when: { owner: false } }] },
      /when\.owner: can only be true/,
    ],
    [
      'a name with spaces',
      { ...role, name: 'The boss' },
      /roles\[0\]\.name: must be lower-case words/,
    ],
  ])('refuses %s, with the path and the reason', (_what, bad, message) => {
    expect(() => read({ roles: [bad] })).toThrow(message);
  });

  it('refuses the same name twice', () => {
    expect(() => read({ roles: [role, { ...role }] })).toThrow(
      'permission.slipway.roles[1].name: "viewer" is already the name of roles[0]',
    );
  });

  it('names every wrong place at once', () => {
    expect(() =>
      read({
        roles: [
          { ...role, members: [] },
          { ...role, allow: [] },
        ],
      }),
    ).toThrow(/roles\[0\]\.members[^]*roles\[1\]\.allow/);
  });
});

describe('grantsThatCannotCount', () => {
  const warningsFor = (permissions: string[], when: object) =>
    grantsThatCannotCount(
      read({ roles: [{ ...role, allow: [{ permissions, when }] }] }),
    );

  it('names exact permissions whose condition nothing can answer', () => {
    expect(
      warningsFor(['kubernetes.resources.read', 'catalog.entity.read'], {
        owner: true,
      }),
    ).toEqual([expect.stringMatching(/"viewer".*kubernetes\.resources\.read/)]);
    expect(
      warningsFor(['catalog.entity.delete'], { tiers: ['staging'] }),
    ).toHaveLength(1);
  });

  it('has nothing to say about globs and conditions that can be answered', () => {
    expect(
      warningsFor(['*', 'delivery.rollout.create'], {
        owner: true,
        tiers: ['staging'],
      }),
    ).toEqual([]);
  });
});
