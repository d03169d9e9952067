import { parseWebQuery } from './webQuery';

const url = 'https://metrics.example.com/';

describe('parseWebQuery', () => {
  it('fills in what is left out', () => {
    expect(parseWebQuery({ url })).toEqual({
      url: new URL(url),
      method: 'GET',
      headers: {},
      body: undefined,
      jsonPath: undefined,
      timeoutMs: 10_000,
    });
  });

  it('sends objects as JSON and strings as they are', () => {
    const method = 'POST';
    expect(parseWebQuery({ url, method, body: { q: 1 } })).toMatchObject({
      body: '{"q":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(
      parseWebQuery({
        url,
        method,
        body: 'q=1',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    ).toMatchObject({
      body: 'q=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  it.each([
    [{}, "'url' must be a URL"],
    [{ url: 'metrics' }, "'url' must be a URL"],
    [{ url: 'file:///etc/passwd' }, 'must start with https://'],
    [{ url, method: 'DELETE' }, 'GET or POST'],
    [{ url, body: 'x' }, "needs 'method: POST'"],
    [{ url, jsonPath: 'data' }, 'must start with $'],
    [{ url, timeoutSeconds: 31 }, 'at most 30'],
    [{ url, timeoutSeconds: 0 }, 'at most 30'],
    [{ url, headers: 'x' }, 'must map names to strings'],
    [{ url, headers: { Host: 'other' } }, "must not set 'host'"],
    [{ url, headers: { 'Content-Length': '1' } }, "'content-length'"],
    [{ url, headers: { 'a b': 'x' } }, 'a name that HTTP does not permit'],
    [
      { url, headers: { a: { secretRef: 'x' } } },
      "'headers.a' must be a string",
    ],
  ])('refuses %j', (query, message) => {
    expect(() => parseWebQuery(query)).toThrow(message);
  });

  it.each([
    { url: 'https://hunter2@metrics.example.com/' },
    { url: 'https://me:hunter2@metrics.example.com/' },
    { url, headers: { 'x-key': 'hunter2\r\nHost: other' } },
  ])('does not echo secrets: %j', query => {
    expect(() => parseWebQuery(query)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.not.stringContaining('hunter2'),
      }),
    );
  });
});
