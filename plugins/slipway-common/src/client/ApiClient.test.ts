import {
  ApiClient,
  type ApiClientOptions,
  type ApiMutationOptions,
} from './ApiClient';

interface Paths {
  '/things/{id}/rename': {
    parameters: { path: { id: string } };
    post: {
      parameters: { path: { id: string } };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: {
        200: { content: { 'application/json': { id: string } } };
      };
    };
  };
}

class Things extends ApiClient<Paths> {
  constructor(options: ApiClientOptions) {
    super('things', options);
  }

  rename(id: string, name: string, options?: ApiMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/things/{id}/rename', {
        ...init,
        params: { path: { id } },
        body: { name },
      }),
    );
  }

  readEvents(query: { after?: string; limit?: number } = {}) {
    return this.readFeed<{ id: string }>(query, { token: 't' });
  }
}

function answering(...answers: Response[]) {
  const fetched: Array<[url: string, init: RequestInit]> = [];
  const things = new Things({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: {
      fetch: async (url, init) => {
        fetched.push([String(url), init ?? {}]);
        return answers.shift()!;
      },
    },
  });
  return { fetched, things };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

describe('the client of an API', () => {
  it('hands the fetch of the portal an address and options, which its middlewares can wrap again and again', async () => {
    const { fetched, things } = answering(json({ id: 'r1' }));
    await things.rename('r1', 'x', {
      token: 't',
      idempotencyKey: 'k',
      ifMatch: '"3"',
    });
    const [[url, init]] = fetched;
    expect(url).toBe('http://backend/api/things/things/r1/rename');
    expect(init).toMatchObject({ method: 'POST', body: '{"name":"x"}' });
    expect(Object.fromEntries(new Headers(init.headers))).toMatchObject({
      authorization: 'Bearer t',
      'idempotency-key': 'k',
      'if-match': '"3"',
    });
  });

  it('throws what the API answers with a problem', async () => {
    const { things } = answering(
      json(
        {
          error: { name: 'ConflictError', message: 'It has changed' },
          response: { statusCode: 409 },
        },
        { status: 409, statusText: 'Conflict' },
      ),
    );
    await expect(things.rename('r1', 'x')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      cause: { name: 'ConflictError', message: 'It has changed' },
    });
  });

  it('reads a feed in batches', async () => {
    const { fetched, things } = answering(
      json([{ id: 'e1' }], {
        headers: { 'Slipway-Cursor': 'c1', 'Slipway-More': 'true' },
      }),
      json([]),
      json({}, { status: 503 }),
    );
    expect(await things.readEvents({ limit: 1 })).toEqual({
      events: [{ id: 'e1' }],
      cursor: 'c1',
      more: true,
    });
    expect(await things.readEvents({ after: 'c1' })).toEqual({
      events: [],
      cursor: 'c1',
      more: false,
    });
    await expect(things.readEvents()).rejects.toMatchObject({
      statusCode: 503,
    });
    expect(fetched.map(([url]) => url)).toEqual([
      'http://backend/api/things/events?limit=1',
      'http://backend/api/things/events?after=c1',
      'http://backend/api/things/events',
    ]);
  });
});
