import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readPipelineFacts } from './readPipelineFacts';

const entity = (
  kind: string,
  name: string,
  relations: Array<[string, string]> = [],
  spec = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec,
  relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
});

describe('readPipelineFacts', () => {
  it('counts the people of nested groups once, also where groups contain each other', async () => {
    const catalog = catalogServiceMock({
      entities: [
        entity('Resource', 'prod', [], { type: 'environment' }),
        entity('Resource', 'bucket', [], { type: 's3' }),
        entity('User', 'ada'),
        entity('User', 'bob'),
        entity('Group', 'all', [
          ['parentOf', 'group:default/team'],
          ['hasMember', 'user:default/ada'],
        ]),
        entity('Group', 'team', [
          ['parentOf', 'group:default/all'],
          ['hasMember', 'user:default/ada'],
          ['hasMember', 'user:default/bob'],
        ]),
        entity('Group', 'empty'),
      ],
    });
    const facts = await readPipelineFacts({
      catalog,
      auth: mockServices.auth(),
    });
    expect([...facts.environments]).toEqual(['resource:default/prod']);
    expect([...facts.users]).toEqual(['user:default/ada', 'user:default/bob']);
    expect(
      [...facts.members].map(([group, members]) => [group, members.length]),
    ).toEqual([
      ['group:default/all', 2],
      ['group:default/team', 2],
      ['group:default/empty', 0],
    ]);
  });
});
