import type { Entity } from '@backstage/catalog-model';

/** Groups, each with the groups it is directly below. */
export function group(name: string, ...parents: string[]): Entity {
  return entity('Group', name, { type: 'team', children: [] }, [
    ...parents.map(parent => ['childOf', `group:default/${parent}`] as const),
  ]);
}

/** A user, with the groups that the user is directly in. */
export function user(
  name: string,
  groups: string[],
  displayName?: string,
): Entity {
  return entity('User', name, displayName ? { profile: { displayName } } : {}, [
    ...groups.map(each => ['memberOf', `group:default/${each}`] as const),
  ]);
}

/** A component, with the group that owns it. */
export function component(name: string, owner?: string): Entity {
  return entity(
    'Component',
    name,
    { type: 'service', lifecycle: 'production' },
    owner ? [['ownedBy', `group:default/${owner}`] as const] : [],
  );
}

/** An environment of a tier. */
export function environment(name: string, tier?: string): Entity {
  return entity('Resource', name, {
    type: 'environment',
    ...(tier && { tier }),
  });
}

function entity(
  kind: string,
  name: string,
  spec: Entity['spec'],
  relations: ReadonlyArray<readonly [string, string]> = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec,
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}
