import { mockCredentials } from '@backstage/backend-test-utils';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './__testUtils__/localRuntime';
import { addressOf, startPortal } from './__testUtils__/startPortal';
import type { LoadReading } from './agent/protocol';

jest.setTimeout(120_000);

// Works hard when asked to, fails when asked to, and keeps who asks for that waiting until somebody says go.
const server = `
let waiting;
const server = require('node:http').createServer((req, res) => {
  if (req.url === '/fail') res.statusCode = 500;
  if (req.url === '/work') {
    // So much processor time, however busy the machine is.
    const from = process.cpuUsage();
    for (let used = from; used.user + used.system < 5e5 || used === from;) used = process.cpuUsage(from);
  }
  if (req.url === '/wait') waiting = res;
  else res.end();
  if (req.url === '/go') waiting.end();
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;

describe('what the embedded runtime counts', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({ components: ['shop'], firstPort: 36_000 });
    mkdirSync(join(portal.root, 'shop'));
    writeFileSync(join(portal.root, 'shop', 'server.js'), server);
  });

  afterAll(async () => {
    await portal.stop();
  });

  const ask = (path: string, authorization: string) =>
    fetch(`${portal.baseUrl}${path}`, { headers: { authorization } });
  const service = mockCredentials.service.header();

  async function read(): Promise<LoadReading> {
    const answer = await ask('/local/load', service);
    expect(answer.status).toBe(200);
    return answer.json();
  }

  it('is for services only', async () => {
    for (const path of ['/local/load', '/local/metrics']) {
      const statuses = [
        mockCredentials.user.header(),
        mockCredentials.none.header(),
        mockCredentials.service.invalidHeader(),
      ].map(async header => (await ask(path, header)).status);
      expect(await Promise.all(statuses)).toEqual([403, 401, 401]);
    }
  });

  it('is nothing where nothing runs', async () => {
    expect((await read()).targets).toEqual([]);
  });

  it('is each request once, by release, with errors, what is under way, and what copies use', async () => {
    const release = await portal.release('shop', {
      version: '1.0.0',
      artifact: {
        kind: 'directory',
        spec: { path: 'shop', command: ['node', 'server.js'] },
      },
    });
    const address = addressOf(
      await portal.rollOut('shop', release, { replicas: 1 }),
    );
    const before = (await read()).targets[0].releases[0];
    for (let i = 0; i < 20; i++)
      await (await fetch(i % 4 ? address : `${address}/fail`)).text();
    const waits = fetch(`${address}/wait`).then(answer => answer.text());
    await (await fetch(`${address}/work`)).text();
    // The processes are looked at every half second.
    await pause(700);
    const during = await read();
    expect(during.targets).toMatchObject([
      {
        target: 'component:default/shop@resource:default/production',
        arrived: 22,
        refused: 0,
        releases: [
          {
            releaseId: release,
            version: '1.0.0',
            requests: 21,
            errors: 5,
            inFlight: 1,
            copies: [{ ready: true }],
          },
        ],
      },
    ]);
    await (await fetch(`${address}/go`)).text();
    await waits;
    const [{ copies, inFlight, latency, requests }] = (await read()).targets[0]
      .releases;
    expect([requests, inFlight]).toEqual([23, 0]);
    // Two took long: one worked for half a second, and one waited longer than that.
    expect(latency.seconds).toBeGreaterThan(0.9);
    expect(latency.within[4]).toBeLessThanOrEqual(21);
    expect(latency.within.at(-1)).toBe(23);
    const cpu = (of: typeof copies) =>
      of.reduce((sum, { cpuSeconds }) => sum + cpuSeconds!, 0);
    expect(cpu(copies) - cpu(before.copies)).toBeGreaterThanOrEqual(0.45);
    for (const { residentBytes } of copies)
      expect(residentBytes).toBeGreaterThan(10 * 1024 * 1024);
    const metrics = await ask('/local/metrics', service);
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
    expect(await metrics.text()).toMatch(
      /^slipway_local_requests_total\{.*version="1\.0\.0"\} 23$/m,
    );
  });

  it('has what no copy was ready for', async () => {
    const scale = await portal.ask('POST', '/targets/scale', {
      componentRef: 'component:default/shop',
      environmentRef: 'resource:default/production',
      replicas: 0,
    });
    const { id } = scale.body as { id: string };
    const address = addressOf(await portal.ended(id));
    expect((await fetch(address)).status).toBe(503);
    expect((await read()).targets).toMatchObject([{ arrived: 24, refused: 1 }]);
  });
});
