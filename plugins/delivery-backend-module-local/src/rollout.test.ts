import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './__testUtils__/localRuntime';
import { addressOf, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const faults = {
  leaks: `const kept = []; setInterval(() => kept.push(Buffer.alloc(4e6, 1)), 20);`,
  hangs: `onRequest = () => {};`,
  drags: `onRequest = (req, res) => setTimeout(() => res.end('late'), 600);`,
  crashes: `setTimeout(() => { throw new Error('cannot read prices'); }, 2000 + Math.random() * 2000);`,
};

const server = (fault: string) => `
let onRequest = (req, res) => res.end('ok');
const server = require('node:http').createServer((req, res) =>
  req.url === '/healthz' ? res.end() : onRequest(req, res));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST, () => { ${fault} });
`;

// Half of the traffic, watched for as long as it takes the fault to show.
const watched: Strategy = {
  canary: {
    steps: [
      { setWeight: 50 },
      {
        analysis: {
          metrics: [
            {
              name: 'errors',
              provider: {
                local: { metric: 'errorRatio', minRequests: 5 },
              },
              interval: 1,
              count: 60,
              successCondition: 'result == null || result <= 0.02',
              inconclusiveLimit: 60,
            },
            {
              name: 'latency',
              provider: {
                local: { metric: 'latencyP95', minRequests: 5 },
              },
              interval: 1,
              count: 60,
              successCondition: 'result == null || result <= 300',
              inconclusiveLimit: 60,
            },
          ],
        },
      },
    ],
  },
};

describe('a rollout of a release that misbehaves', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({
      components: [...Object.keys(faults), 'shop'],
      local: { limits: { memoryMiB: 256 }, requestTimeoutSeconds: 2 },
      firstPort: 34_000,
    });
  });

  afterAll(async () => {
    await portal.stop();
  });

  async function release(component: string, version: string, fault = '') {
    const name = `${component}-${version}`;
    mkdirSync(join(portal.root, name));
    writeFileSync(join(portal.root, name, 'server.js'), server(fault));
    return portal.release(component, {
      version,
      artifact: {
        kind: 'directory',
        spec: { path: name, command: ['node', 'server.js'] },
      },
      health: { readiness: { path: '/healthz', periodSeconds: 0.5 } },
    });
  }

  /** Rolls a good release out, then a bad one under traffic; answers how the second ended. */
  async function rollOutBad(component: keyof typeof faults) {
    const good = await release(component, '1.0.0');
    const first = await portal.rollOut(component, good);
    const bad = await release(component, '2.0.0', faults[component]);
    const traffic = load(addressOf(first), 20);
    const rollout = await portal.rollOut(component, bad, { strategy: watched });
    return { rollout, answers: await traffic.stop() };
  }

  it('is taken back, with the reason in words, whichever way it misbehaves', async () => {
    const [leaks, hangs, drags, crashes] = await Promise.all([
      rollOutBad('leaks'),
      rollOutBad('hangs'),
      rollOutBad('drags'),
      rollOutBad('crashes'),
    ]);
    for (const { rollout } of [leaks, hangs, drags, crashes])
      expect(rollout).toMatchObject({
        phase: 'rolledBack',
        observation: {
          converged: true,
          versions: [{ desiredReplicas: 1, readyReplicas: 1, weight: 100 }],
        },
      });
    expect(leaks.rollout.message).toMatch(
      /used \d+ MiB of memory, more than its limit of 256 MiB, and was ended/,
    );
    expect(hangs.rollout.message).toMatch(
      /Verification failed\. .*requests failed/,
    );
    expect(drags.rollout.message).toMatch(/Verification failed\. latency/);
    expect(crashes.rollout.message).toMatch(
      /Error: cannot read prices|requests failed/,
    );
    // The one that leaks answers well until it is ended, and no request shall be lost by that.
    expect(leaks.answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(crashes.answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('is refused with the field and the reason when the artifact is described wrongly', async () => {
    const ask = (spec: object, kind = 'directory') =>
      portal.ask('POST', '/releases', {
        componentRef: 'component:default/shop',
        version: '1.0.0',
        artifact: { kind, spec },
      });
    expect(await ask({ path: '/etc', sudo: true })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('sudo') },
    });
    expect(await ask({ path: '../../etc' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('artifactRoots') },
    });
    expect(await ask({ path: 'x' }, 'floppy')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('/artifact/kind') },
    });
  });
});
