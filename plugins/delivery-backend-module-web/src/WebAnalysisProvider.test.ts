import { measure, resolveTo } from './__testUtils__/measure';
import {
  startJsonServer,
  startServer,
  stopServers,
} from './__testUtils__/servers';

const loopback = [{ cidr: '127.0.0.0/8' }];
const secret = 'hunter2';

afterEach(stopServers);

/** The error that a measurement fails with. */
async function failure(measured: Promise<unknown>): Promise<Error> {
  const error = await measured.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  if (!error) throw new Error('the measurement succeeded');
  return error;
}

describe('what is read', () => {
  it('answers a number with its value and words', async () => {
    const port = await startJsonServer({ data: { rate: 0.02 } });
    await expect(
      measure(
        { url: `http://127.0.0.1:${port}/`, jsonPath: '$.data.rate' },
        { allow: loopback },
      ),
    ).resolves.toEqual({
      result: 0.02,
      value: 0.02,
      message: '0.02 at $.data.rate',
    });
  });

  it('answers the whole document without a path', async () => {
    const port = await startJsonServer({ ok: true });
    await expect(
      measure({ url: `http://127.0.0.1:${port}/` }, { allow: loopback }),
    ).resolves.toEqual({ result: { ok: true }, message: 'an object at $' });
  });

  it.each([
    ['$.items[*].n', [1, 2], 'a list of 2 at $.items[*].n'],
    ['$.absent', null, 'nothing at $.absent'],
    ['$.name', 'x'.repeat(100), `"${'x'.repeat(79)}… at $.name`],
  ])('answers %s', async (jsonPath, result, message) => {
    const port = await startJsonServer({
      items: [{ n: 1 }, { n: 2 }],
      name: 'x'.repeat(100),
    });
    await expect(
      measure(
        { url: `http://127.0.0.1:${port}/`, jsonPath },
        { allow: loopback },
      ),
    ).resolves.toEqual({ result, message });
  });

  it('posts body and headers', async () => {
    const port = await startServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.setHeader('content-type', 'application/vnd.test+json');
      const { headers, method, url } = request;
      response.end(
        JSON.stringify({ method, url, body, team: headers['x-team'] }),
      );
    });
    const { result } = await measure(
      {
        url: `http://127.0.0.1:${port}/query?a=b`,
        method: 'POST',
        headers: { 'X-Team': 'shop' },
        body: { q: 'errors' },
      },
      { allow: loopback },
    );
    expect(result).toEqual({
      method: 'POST',
      url: '/query?a=b',
      body: '{"q":"errors"}',
      team: 'shop',
    });
  });
});

describe('what may be connected to', () => {
  it('denies everything by default and says which key to set', async () => {
    const resolve = jest.fn(resolveTo('127.0.0.1'));
    const error = await failure(
      measure(
        { url: `https://metrics.example.com/?key=${secret}` },
        { resolve },
      ),
    );
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toBe(
      "The web provider may not connect to https://metrics.example.com. To permit it, add { host: 'metrics.example.com', port: 443, protocol: https } to delivery.web.allow in the backend's configuration",
    );
    expect(resolve).not.toHaveBeenCalled();
  });

  it.each([
    ['http://127.0.0.1:1/', '127.0.0.1/32'],
    ['http://2130706433:1/', '127.0.0.1/32'],
    ['http://[::ffff:127.0.0.1]:1/', '127.0.0.1/32'],
    ['http://[::1]:1/', '::1/128'],
    ['http://169.254.169.254/latest', '169.254.169.254/32'],
  ])('denies the address %s', async (url, cidr) => {
    const error = await failure(
      measure({ url }, { allow: [{ host: 'metrics.example.com' }] }),
    );
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain(`{ cidr: '${cidr}'`);
  });

  it.each([
    '127.0.0.1',
    '169.254.169.254',
    '10.0.0.1',
    '::1',
    '::ffff:8.8.8.8',
  ])('does not follow a permitted name to %s', async address => {
    const requests = jest.fn();
    const port = await startServer(requests);
    const error = await failure(
      measure(
        { url: `http://metrics.example.com:${port}/` },
        {
          allow: [{ host: 'metrics.example.com', port, protocol: 'http' }],
          resolve: resolveTo(address),
        },
      ),
    );
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain(`it leads to ${address}`);
    expect(requests).not.toHaveBeenCalled();
  });

  it('follows a permitted name to a private address that a cidr entry covers', async () => {
    const port = await startJsonServer(1);
    const query = { url: `http://metrics.internal:${port}/` };
    const host = { host: 'metrics.internal', port, protocol: 'http' };
    const resolve = resolveTo('127.0.0.1');
    await expect(
      measure(query, {
        allow: [host, { cidr: '127.0.0.1/32', port }],
        resolve,
      }),
    ).resolves.toMatchObject({ value: 1 });
    await expect(
      measure(query, {
        allow: [host, { cidr: '127.0.0.1/32', port: port - 1 }],
        resolve,
      }),
    ).rejects.toThrow('it leads to 127.0.0.1');
    // A range alone permits no name: the name decides which site answers.
    await expect(
      measure(query, { allow: [{ cidr: '127.0.0.1/32' }], resolve }),
    ).rejects.toThrow("add { host: 'metrics.internal'");
  });

  it('cannot be tricked by a name that leads elsewhere the next time', async () => {
    const seen = jest.fn();
    const port = await startServer((request, response) => {
      seen(request.socket.localAddress);
      response.setHeader('content-type', 'application/json');
      response.end('1');
    });
    const resolve = jest.fn(resolveTo('127.0.0.2', '127.0.0.1'));
    const options = {
      allow: [
        { host: 'rebind.example.com', port, protocol: 'http' },
        { cidr: '127.0.0.2/32' },
      ],
      resolve,
    };
    const query = { url: `http://rebind.example.com:${port}/` };
    // The server listens on 127.0.0.1 only: a second, unchecked look-up would reach it.
    await expect(measure(query, options)).rejects.toThrow('ECONNREFUSED');
    expect(resolve).toHaveBeenCalledTimes(1);
    await expect(measure(query, options)).rejects.toThrow(
      'it leads to 127.0.0.1',
    );
    expect(seen).not.toHaveBeenCalled();
  });

  it('uses the permitted ones of several addresses', async () => {
    const port = await startJsonServer(1);
    await expect(
      measure(
        { url: `http://metrics.internal:${port}/` },
        {
          allow: [
            { host: 'metrics.internal', port, protocol: 'http' },
            { cidr: '127.0.0.1/32' },
          ],
          resolve: (_hostname, _options, callback) =>
            callback(null, [
              { address: '10.255.255.1', family: 4 },
              { address: '127.0.0.1', family: 4 },
            ]),
        },
      ),
    ).resolves.toMatchObject({ value: 1 });
  });

  it('does not follow redirects', async () => {
    const reached = jest.fn();
    const target = await startServer(reached);
    const port = await startServer((_, response) => {
      response.writeHead(302, {
        location: `http://127.0.0.1:${target}/?key=${secret}`,
      });
      response.end(secret);
    });
    const error = await failure(
      measure({ url: `http://127.0.0.1:${port}/` }, { allow: loopback }),
    );
    expect(error.name).toBe('InputError');
    expect(error.message).toContain('redirects are not followed');
    expect(error.message).not.toContain(secret);
    expect(reached).not.toHaveBeenCalled();
  });
});

describe('what is refused of an answer', () => {
  const mebibyte = 1024 * 1024;

  it.each([
    ['announced', true],
    ['streamed', false],
  ])('takes 1 MiB and no more (%s)', async (_, announced) => {
    const port = await startServer((request, response) => {
      const size = Number(request.url?.slice(1));
      response.setHeader('content-type', 'application/json');
      if (announced) response.setHeader('content-length', size);
      response.write('"');
      response.end(`${'x'.repeat(size - 2)}"`);
    });
    const url = (size: number) => `http://127.0.0.1:${port}/${size}`;
    await expect(
      measure({ url: url(mebibyte) }, { allow: loopback }),
    ).resolves.toMatchObject({ result: 'x'.repeat(mebibyte - 2) });
    await expect(
      measure({ url: url(mebibyte + 1) }, { allow: loopback }),
    ).rejects.toThrow('more than 1 MiB');
  });

  it('stops reading an endless answer', async () => {
    const port = await startServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      const write = () => {
        while (!response.destroyed && response.write('[1,'.repeat(10_000)));
      };
      response.on('drain', write);
      write();
    });
    await expect(
      measure({ url: `http://127.0.0.1:${port}/` }, { allow: loopback }),
    ).rejects.toThrow('more than 1 MiB');
  });

  it.each([
    ['text', 200, { 'content-type': 'text/html' }, 'did not answer JSON'],
    ['no type', 200, {}, 'did not answer JSON'],
    ['broken', 200, { 'content-type': 'application/json' }, 'not valid JSON'],
    [
      'compressed',
      200,
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      'answered compressed',
    ],
    ['404', 404, { 'content-type': 'application/json' }, 'status 404'],
    ['503', 503, { 'content-type': 'application/json' }, 'status 503'],
    ['429', 429, { 'content-type': 'application/json' }, 'status 429'],
  ])('%s', async (_, status, headers, message) => {
    const port = await startServer((_request, response) => {
      response.writeHead(status, { ...headers, 'x-key': secret });
      response.end(`{"key": "${secret}"`);
    });
    const error = await failure(
      measure(
        {
          url: `http://127.0.0.1:${port}/?key=${secret}`,
          headers: { authorization: secret },
        },
        { allow: loopback },
      ),
    );
    expect(error.name).toBe(
      status === 503 || status === 429
        ? 'ServiceUnavailableError'
        : 'InputError',
    );
    expect(error.message).toContain(message);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
  });

  it('says so when nothing answers, quoting nothing', async () => {
    const port = await startServer(() => {});
    await stopServers();
    const error = await failure(
      measure(
        { url: `http://127.0.0.1:${port}/?key=${secret}` },
        { allow: loopback },
      ),
    );
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('could not be read (ECONNREFUSED)');
    expect(`${error.stack}`).not.toContain(secret);
  });

  it('quotes nothing of an answer that is not HTTP', async () => {
    const port = await startServer(request => {
      request.socket.end(`${secret} not HTTP at all\r\n\r\n`);
    });
    const error = await failure(
      measure({ url: `http://127.0.0.1:${port}/` }, { allow: loopback }),
    );
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('could not be read (');
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
    expect(error.cause).toBeUndefined();
  });
});

describe('how long it takes', () => {
  it.each([
    ['headers', false],
    ['the rest of the body', true],
  ])('gives up when %s do not come', async (_, begin) => {
    const port = await startServer((_request, response) => {
      if (!begin) return;
      response.setHeader('content-type', 'application/json');
      response.write('[1,');
    });
    const error = await failure(
      measure(
        { url: `http://127.0.0.1:${port}/`, timeoutSeconds: 0.2 },
        { allow: loopback },
      ),
    );
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('within 0.2 seconds');
  });

  it('gives up when the name is not resolved in time', async () => {
    const error = await failure(
      measure(
        { url: 'https://metrics.example.com/', timeoutSeconds: 0.2 },
        { allow: [{ host: 'metrics.example.com' }], resolve: () => {} },
      ),
    );
    expect(error.message).toContain('within 0.2 seconds');
  });

  it('stops when the caller aborts, and closes the connection', async () => {
    const abort = new AbortController();
    let closed: Promise<unknown> | undefined;
    const port = await startServer(request => {
      closed = new Promise(resolve => request.socket.once('close', resolve));
      abort.abort(new Error('the backend stops'));
    });
    await expect(
      measure(
        { url: `http://127.0.0.1:${port}/` },
        { allow: loopback, signal: abort.signal },
      ),
    ).rejects.toThrow('the backend stops');
    await closed;
  });

  it('does not start when aborted already', async () => {
    const requests = jest.fn();
    const port = await startServer(requests);
    await expect(
      measure(
        { url: `http://127.0.0.1:${port}/` },
        { allow: loopback, signal: AbortSignal.abort(new Error('too late')) },
      ),
    ).rejects.toThrow('too late');
    expect(requests).not.toHaveBeenCalled();
  });
});
