import { Portal } from './__testUtils__/Portal';

jest.setTimeout(240_000);

it('ends when it cannot start, and says why', async () => {
  const portal = new Portal({
    database: { client: 'pg', connection: 'postgres://me@127.0.0.1:1/none' },
  });
  try {
    await expect(portal.start()).rejects.toThrow('does not start');
    expect(portal.runs).toBe(false);
    expect(portal.exitCode).toBe(1);
    expect(portal.log()).toMatch(
      /Backend startup failed due to the following errors:\n.*ECONNREFUSED/,
    );
  } finally {
    await portal.destroy();
  }
});
