import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { z } from 'zod/v3';
import type { DeliveryServices } from '../router/DeliveryServices';
import { registerActions } from './registerActions';
import { callerOf } from './Toolbox';

type Options = Parameters<ActionsRegistryService['register']>[0];

const auth = mockServices.auth();

function registered(): Options[] {
  const actions: Options[] = [];
  registerActions({
    registry: {
      register: options => {
        actions.push(options as unknown as Options);
      },
    },
    services: {} as DeliveryServices,
    auth,
  });
  return actions;
}

describe('actions', () => {
  it.each(
    registered().map((action): [string, Options] => [action.name, action]),
  )(
    '%s says what it may change, and takes only what it knows',
    (_, { attributes, description, schema }) => {
      const input = schema.input(z);
      expect(description.length).toBeGreaterThan(100);
      expect(attributes?.destructive).toBe(!attributes?.readOnly);
      const named = Object.keys(input.shape);
      for (const name of ['idempotencyKey', 'reason'])
        expect(named.includes(name)).toBe(!attributes?.readOnly);
      const unknown = input.safeParse({ surprise: 1 });
      expect(JSON.stringify(unknown.error)).toContain('surprise');
    },
  );

  it('are done for people and services, and for nobody else', () => {
    const toolbox = {
      auth,
      registry: { register: () => {} },
      services: {} as DeliveryServices,
    };
    const user = mockCredentials.user();
    expect(callerOf(toolbox, user, 'key')).toEqual({
      credentials: user,
      idempotencyKey: 'key',
    });
    expect(callerOf(toolbox, mockCredentials.service()).idempotencyKey).toBe(
      undefined,
    );
    expect(() => callerOf(toolbox, mockCredentials.none())).toThrow(
      'Nobody is signed in',
    );
  });
});
