import { ExampleUserIdentity } from './ExampleUserIdentity';
import type { ExampleUserSession } from './ExampleUsersClient';

function session(
  userEntityRef: string,
  token: string,
  expiresInSeconds?: number,
): ExampleUserSession {
  return {
    profile: { displayName: 'Ana Ruiz' },
    backstageIdentity: {
      token,
      expiresInSeconds,
      identity: {
        type: 'user',
        userEntityRef,
        ownershipEntityRefs: [userEntityRef],
      },
    },
  };
}

const ana = 'user:default/ana';

describe('ExampleUserIdentity', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('keeps its token until five minutes before the end, then asks once for all', async () => {
    const client = {
      resume: jest.fn(async () => session(ana, 'second', 3600)),
      signOut: jest.fn(),
    };
    const identity = new ExampleUserIdentity(
      client,
      session(ana, 'first', 3600),
    );

    jest.advanceTimersByTime(55 * 60_000 - 1);
    await expect(identity.getCredentials()).resolves.toEqual({
      token: 'first',
    });
    jest.advanceTimersByTime(1);
    const tokens = await Promise.all(
      Array.from({ length: 5 }, () => identity.getCredentials()),
    );
    expect(tokens).toEqual(Array(5).fill({ token: 'second' }));
    expect(client.resume).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['signed out', undefined],
    ['in as somebody else', session('user:default/ben', 'x', 3600)],
  ])('does not go on when another tab signed %s', async (_how, next) => {
    const client = { resume: jest.fn(async () => next), signOut: jest.fn() };
    const identity = new ExampleUserIdentity(client, session(ana, 'first', 60));
    await expect(identity.getCredentials()).rejects.toThrow(/Reload the page/);
    await expect(identity.getBackstageIdentity()).resolves.toMatchObject({
      userEntityRef: ana,
    });
  });

  it('tells the backend when the person signs out', async () => {
    const client = { resume: jest.fn(), signOut: jest.fn() };
    await new ExampleUserIdentity(client, session(ana, 'first')).signOut();
    expect(client.signOut).toHaveBeenCalledTimes(1);
  });
});
