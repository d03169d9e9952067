import { deliveryPermissions } from '@slipway/backstage-plugin-delivery-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../__testUtils__/operations';
import { permissionOf } from '../service/rolloutPermissions';

/** Each operation as people write it, with the permission that it declares. */
const declared = operations.flatMap(({ method, path, permission }) =>
  typeof permission === 'object'
    ? Object.entries(permission).flatMap(([parameter, byValue]) =>
        Object.entries(byValue).map(([value, name]) => [
          `${method} ${path.replace(`{${parameter}}`, value)}`,
          name,
        ]),
      )
    : [[`${method} ${path}`, permission]],
);

describe('the OpenAPI document', () => {
  it('declares a permission of this plugin for every operation but itself', () => {
    const known = deliveryPermissions.map(({ name }): string => name);
    const without = declared.filter(
      ([, permission]) => !permission || !known.includes(permission),
    );
    expect(without).toEqual([['GET /openapi.json', 'none']]);
  });

  it('declares for each action the permission that is asked for', () => {
    const { permission } = operations.find(({ id }) => id === 'actOnRollout')!;
    expect(permission).toEqual({
      action: Object.fromEntries(
        Object.entries(permissionOf).map(([action, { name }]) => [
          action,
          name,
        ]),
      ),
    });
  });

  it('is what the README says of permissions', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    const [, table = ''] =
      /\n\| operation +\|[^\n]*\n\|[-| ]+\n((?:\|[^\n]*\n)+)/.exec(readme) ??
      [];
    const rows = table
      .trim()
      .split('\n')
      .map(row => row.split('|').map(cell => cell.replaceAll('`', '').trim()));
    expect(
      rows.map(([, operation, permission]) => [operation, permission]),
    ).toEqual(declared);
  });
});
