import { mockServices } from '@backstage/backend-test-utils';
import { readSettings } from './settings';

function read(exampleUsers: object | undefined, nodeEnv = 'development') {
  return readSettings(
    mockServices.rootConfig({
      data: { auth: { providers: { exampleUsers } } },
    }),
    nodeEnv,
  );
}

describe('readSettings', () => {
  it.each([[undefined], [{}], [{ enabled: false }], [{ users: ['ana'] }]])(
    'is off unless it is switched on (%j), and names the key',
    config => {
      for (const nodeEnv of ['development', 'production']) {
        expect(read(config, nodeEnv)).toEqual({
          enabled: false,
          reason: expect.stringContaining(
            'auth.providers.exampleUsers.enabled',
          ),
        });
      }
    },
  );

  it('refuses production', () => {
    expect(() => read({ enabled: true }, 'production')).toThrow(
      /NODE_ENV is production.*does not start/,
    );
  });

  it('reads who may be chosen', () => {
    expect(read({ enabled: true })).toEqual({
      enabled: true,
      settings: { users: undefined },
    });
    expect(read({ enabled: true, users: ['Ana', 'user:other/ben'] })).toEqual({
      enabled: true,
      settings: { users: ['user:default/ana', 'user:other/ben'] },
    });
  });

  it('refuses who is not a user, with the place', () => {
    expect(() =>
      read({ enabled: true, users: ['user:ana', 'group:default/x'] }),
    ).toThrow(/auth\.providers\.exampleUsers\.users\[1\] must be a user/);
  });
});
