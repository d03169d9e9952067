import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CallerResolver } from './CallerResolver';

function group(name: string, ...parents: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: parents.map(parent => ({
      type: 'childOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}

function setup(entities: Entity[], groups: string[]) {
  const catalog = catalogServiceMock({ entities });
  const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/ana',
      ownershipEntityRefs: ['user:default/ana', ...groups],
    }),
  });
  const clock = { now: 0 };
  const resolver = new CallerResolver({
    auth: mockServices.auth(),
    userInfo,
    catalog,
    logger: mockServices.logger.mock(),
    now: () => clock.now,
  });
  return { resolver, asked, userInfo, clock };
}

const credentials = mockCredentials.user('user:default/ana');

describe('CallerResolver', () => {
  it('finds all groups above, once each, even in a circle', async () => {
    const { resolver } = setup(
      [group('a', 'top'), group('b', 'top', 'a'), group('top', 'b')],
      ['group:default/b'],
    );
    const caller = await resolver.resolve(credentials);
    expect(caller.ownershipEntityRefs).toEqual([
      'user:default/ana',
      'group:default/b',
    ]);
    expect([...caller.ancestorGroupRefs].sort()).toEqual([
      'group:default/a',
      'group:default/top',
    ]);
  });

  it('asks nothing again for half a minute, even when many ask at once', async () => {
    const { resolver, asked, userInfo, clock } = setup(
      [group('a')],
      ['group:default/a'],
    );
    await Promise.all(
      Array.from({ length: 50 }, () => resolver.resolve(credentials)),
    );
    clock.now = 29_999;
    await resolver.resolve(credentials);
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledTimes(1);

    clock.now = 30_000;
    await resolver.resolve(credentials);
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(2);
  });

  it('goes on with fewer groups when the catalog does not answer, and asks it again next time', async () => {
    const { resolver, asked } = setup(
      [group('a', 'top'), group('top')],
      ['group:default/a'],
    );
    asked.mockRejectedValueOnce(new Error('down'));
    await expect(resolver.resolve(credentials)).resolves.toMatchObject({
      ancestorGroupRefs: [],
    });
    await expect(resolver.resolve(credentials)).resolves.toMatchObject({
      ancestorGroupRefs: ['group:default/top'],
    });
  });

  it('does not remember a failure to find out who asks', async () => {
    const { resolver, userInfo } = setup([], []);
    userInfo.getUserInfo.mockRejectedValueOnce(new Error('down'));
    await expect(resolver.resolve(credentials)).rejects.toThrow('down');
    await expect(resolver.resolve(credentials)).resolves.toMatchObject({
      userEntityRef: 'user:default/ana',
    });
  });
});
