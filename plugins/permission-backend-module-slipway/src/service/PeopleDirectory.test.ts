import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { group, user } from '../__testUtils__/entities';
import { PeopleDirectory } from './PeopleDirectory';

function setup(entities: Parameters<typeof catalogServiceMock>[0]) {
  const catalog = catalogServiceMock(entities);
  const clock = { now: 0 };
  const people = new PeopleDirectory({
    auth: mockServices.auth(),
    catalog,
    now: () => clock.now,
  });
  return { catalog, clock, people };
}

describe('PeopleDirectory', () => {
  it('finds a person with the own groups and those above', async () => {
    const { people } = setup({
      entities: [
        group('top'),
        group('team', 'top'),
        user('ana', ['team'], 'Ana Ruiz'),
      ],
    });
    await expect(people.find('user:default/ana')).resolves.toEqual({
      userEntityRef: 'user:default/ana',
      displayName: 'Ana Ruiz',
      ownershipEntityRefs: ['user:default/ana', 'group:default/team'],
      ancestorGroupRefs: ['group:default/top'],
    });
    await expect(people.find('user:default/ben')).resolves.toBeUndefined();
  });

  it('pages through a large catalog, and asks for many groups in parts', async () => {
    const numbers = Array.from({ length: 1_201 }, (_, index) => index);
    const { catalog, people } = setup({
      entities: [
        group('top'),
        ...numbers.map(each => group(`team-${each}`, 'top')),
        ...numbers.map(each => user(`person-${each}`, [`team-${each}`])),
      ],
    });
    const users = jest.spyOn(catalog, 'queryEntities');
    const groups = jest.spyOn(catalog, 'getEntitiesByRefs');
    const all = await people.list();
    expect(new Set(all.map(each => each.userEntityRef)).size).toBe(1_201);
    expect(
      all.every(({ ancestorGroupRefs }) =>
        ancestorGroupRefs.includes('group:default/top'),
      ),
    ).toBe(true);
    expect(users).toHaveBeenCalledTimes(3);
    expect(groups).toHaveBeenCalledTimes(3 + 1);
  });

  it('remembers everybody for half a minute, but not a failure', async () => {
    const { catalog, clock, people } = setup({ entities: [user('ana', [])] });
    const asked = jest.spyOn(catalog, 'queryEntities');
    asked.mockRejectedValueOnce(new Error('down'));
    await expect(people.list()).rejects.toThrow('down');
    await Promise.all([people.list(), people.list()]);
    clock.now = 29_999;
    await people.list();
    expect(asked).toHaveBeenCalledTimes(2);
    clock.now = 30_000;
    await people.list();
    expect(asked).toHaveBeenCalledTimes(3);
  });
});
