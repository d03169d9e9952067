import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { PrometheusClient } from './PrometheusClient';
import { readServers } from './settings';

describe('what is not a Prometheus', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** What asking a server that answers like this fails with. */
  async function failure(listener: RequestListener, more: object = {}) {
    server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise(resolve => {
      server!.once('listening', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const [settings] = readServers(
      new ConfigReader({
        delivery: {
          prometheus: {
            servers: [
              {
                url: `http://127.0.0.1:${port}`,
                auth: { bearer: 'swordfish' },
                ...more,
              },
            ],
          },
        },
      }),
      'delivery.prometheus.servers',
    );
    const client = new PrometheusClient(settings);
    try {
      await client.instant('1', { signal: new AbortController().signal });
    } catch (error) {
      expect(String(error)).not.toContain('swordfish');
      return error as Error;
    } finally {
      await client.close();
    }
    throw new Error('It has answered');
  }

  it.each<[number, string, string, string]>([
    [200, '<html>', 'InputError', 'did not answer as Prometheus'],
    [200, '{"status":"success"}', 'InputError', 'did not answer as Prometheus'],
    [404, 'none', 'InputError', 'check delivery.prometheus.servers[0].url'],
    [403, 'no', 'NotAllowedError', 'check delivery.prometheus.servers[0].auth'],
    [429, '', 'ServiceUnavailableError', 'answered with status 429'],
    [503, 'starting', 'ServiceUnavailableError', 'answered with status 503'],
    [
      500,
      '{"status":"error","errorType":"internal","error":"disk"}',
      'ServiceUnavailableError',
      'failed (internal): disk. The query was: 1',
    ],
    [
      503,
      '{"status":"error","errorType":"timeout","error":"query timed out"}',
      'ServiceUnavailableError',
      'gave the query up after its time',
    ],
    [200, `"${'x'.repeat(1_100_000)}"`, 'InputError', 'more than 1 MiB'],
  ])('is said to be none: %i %.10s', async (status, body, name, expected) => {
    const seen: Array<string | undefined> = [];
    const failed = await failure((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(status).end(body);
    });
    expect(failed.name).toBe(name);
    expect(failed.message).toContain(expected);
    expect(seen).toEqual(['Bearer swordfish']);
  });

  it('leads nowhere else, and takes no credentials there', async () => {
    let asked = 0;
    const failed = await failure((request, response) => {
      asked += 1;
      response
        .writeHead(307, { location: `http://localhost:1${request.url}` })
        .end();
    });
    expect(failed.message).toContain('a redirect (status 307)');
    expect(asked).toBe(1);
  });

  it('is not waited for longer than is said', async () => {
    const failed = await failure(
      (_request, response) => {
        response.writeHead(200).write('{');
      },
      { timeoutSeconds: 1 },
    );
    expect(failed).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('did not answer within 1 seconds'),
    });
  });
});
