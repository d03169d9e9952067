import { globMatches, globProblem } from './permissionGlob';

describe('globMatches', () => {
  it.each([
    ['catalog.entity.read', 'catalog.entity.read', true],
    ['catalog.entity.read', 'catalog.entity.read.all', false],
    ['catalog.entity.read', 'catalogXentity.read', false],
    ['*', 'anything.at.all', true],
    ['scaffolder.*', 'scaffolder.template.parameter.read', true],
    ['scaffolder.*', 'scaffolder.', false],
    ['scaffolder.*', 'not.scaffolder.task.read', false],
    ['delivery.*.read', 'delivery.rollout.read', true],
    ['delivery.*.read', 'delivery.read', false],
    ['*.read', 'delivery.rollout.read', true],
    ['*.read', 'delivery.rollout.readiness', false],
  ])('%s covers %s: %s', (glob, name, expected) => {
    expect(globMatches(glob, name)).toBe(expected);
  });
});

describe('globProblem', () => {
  it.each(['catalog.entity.read', 'delivery.*.read', '*', 'mcp-actions.x_y.*'])(
    'has nothing against %s',
    glob => expect(globProblem(glob)).toBeUndefined(),
  );

  it.each(['', 'delivery.**', '.read', 'a..b', 'catalog.', 'a b', 'a.(b|c)'])(
    'refuses "%s"',
    glob => expect(globProblem(glob)).toEqual(expect.any(String)),
  );
});
