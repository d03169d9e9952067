import { DeliveryClient } from './DeliveryClient';

describe('the client in a portal', () => {
  it('hands the fetch of the portal an address and options, which its middlewares can wrap again and again', async () => {
    const fetch = jest.fn(
      async (_input: RequestInfo | URL, _init?: RequestInit) =>
        new Response('{"id":"r1"}', {
          headers: { 'content-type': 'application/json' },
        }),
    );
    const client = new DeliveryClient({
      discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
      fetchApi: { fetch },
    });
    await client.actOnRollout(
      'r1',
      'abort',
      { reason: 'x' },
      {
        idempotencyKey: 'k',
        ifMatch: '"3"',
      },
    );
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe('http://backend/api/delivery/rollouts/r1/abort');
    expect(init).toMatchObject({ method: 'POST', body: '{"reason":"x"}' });
    expect(new Headers(init?.headers).get('if-match')).toBe('"3"');
  });
});
