import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './__testUtils__/localRuntime';
import { addressOf, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

// Says which process answers.
const server = `
const server = require('node:http').createServer((req, res) => res.end(String(process.pid)));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;

describe('scaling what runs', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({ components: ['shop'], firstPort: 37_000 });
    mkdirSync(join(portal.root, 'shop'));
    writeFileSync(join(portal.root, 'shop', 'server.js'), server);
  });

  afterAll(async () => {
    await portal.stop();
  });

  async function scale(replicas: number): Promise<Rollout> {
    const answer = await portal.ask('POST', '/targets/scale', {
      componentRef: 'component:default/shop',
      environmentRef: 'resource:default/production',
      replicas,
    });
    expect(answer.status).toBe(201);
    return portal.ended((answer.body as Rollout).id);
  }

  async function whoAnswers(address: string): Promise<Set<string>> {
    const pids = new Set<string>();
    for (let i = 0; i < 30; i++) pids.add(await (await fetch(address)).text());
    return pids;
  }

  it('starts and ends copies of the same release, and loses no request by that', async () => {
    const release = await portal.release('shop', {
      version: '1.0.0',
      artifact: {
        kind: 'directory',
        spec: { path: 'shop', command: ['node', 'server.js'] },
      },
    });
    const address = addressOf(await portal.rollOut('shop', release));
    const [first] = await whoAnswers(address);
    const traffic = load(address, 20);

    const more = await scale(3);
    expect(more).toMatchObject({
      phase: 'succeeded',
      message: '3 copies of 1.0.0 run in production',
    });
    const pids = await whoAnswers(address);
    expect([pids.size, pids.has(first)]).toEqual([3, true]);

    expect((await scale(1)).phase).toBe('succeeded');
    expect((await whoAnswers(address)).size).toBe(1);
    const answers = await traffic.stop();
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('goes to none and back', async () => {
    const none = await scale(0);
    expect(none).toMatchObject({
      phase: 'succeeded',
      message: '0 copies of 1.0.0 run in production',
    });
    const back = await scale(2);
    expect(back.phase).toBe('succeeded');
    expect((await whoAnswers(addressOf(back))).size).toBe(2);
  });
});
