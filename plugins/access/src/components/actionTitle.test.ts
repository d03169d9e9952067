import { actionTitle } from './actionTitle';

it.each([
  ['delivery.rollout.create', 'Create rollout'],
  ['scaffolder.template.parameter.read', 'Read template parameter'],
  ['policy.entity.readAll', 'Read all entity'],
  ['catalog', 'Catalog'],
])('%s is "%s"', (permission, title) => {
  expect(actionTitle(permission)).toBe(title);
});
