import type { Entity } from '@backstage/catalog-model';

/** Managers lead; the board is above them, so that Eva is a member of it through her group. */
export const organisation: Entity[] = [
  ...Object.entries({
    ana: [],
    ben: ['managers'],
    chloe: ['security'],
    eva: ['managers', 'security'],
    farid: ['managers'],
  }).map(([name, groups]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: {},
    relations: groups.map(groupName => ({
      type: 'memberOf',
      targetRef: `group:default/${groupName}`,
    })),
  })),
  ...[
    group('managers', ['ben', 'eva', 'farid'], { childOf: ['board'] }),
    group('security', ['chloe', 'eva'], {}),
    group('board', [], { parentOf: ['managers'] }),
  ],
];

function group(
  name: string,
  members: string[],
  groups: Record<string, string[]>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team', children: [] },
    relations: [
      ...members.map(member => ({
        type: 'hasMember',
        targetRef: `user:default/${member}`,
      })),
      ...Object.entries(groups).flatMap(([type, others]) =>
        others.map(other => ({ type, targetRef: `group:default/${other}` })),
      ),
    ],
  };
}
