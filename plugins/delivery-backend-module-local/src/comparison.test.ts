import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './__testUtils__/localRuntime';
import { addressOf, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

// Answers vary as those of real software do; `slowerMs` is what the release itself is to blame for.
const server = (slowerMs: number) => `
const server = require('node:http').createServer((req, res) => {
  if (req.url === '/healthz') return res.end();
  setTimeout(() => res.end('ok'), 20 + Math.random() * 40 + ${slowerMs});
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;

const compared: Strategy = {
  canary: {
    steps: [
      { setWeight: 50 },
      {
        analysis: {
          metrics: [
            {
              name: 'latency',
              provider: { local: { metric: 'latencyMean', minRequests: 3 } },
              interval: 1,
              count: 60,
              comparison: {
                direction: 'increase',
                // Fewer than anybody should decide on, so that the test is short; and surer, so that chance fails
                // it once in thousands of times.
                minimumPoints: 15,
                confidence: 0.999,
              },
            },
          ],
        },
      },
    ],
  },
};

describe('a rollout that is verified by comparison under real traffic', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal({
      components: ['slower', 'alike'],
      firstPort: 36_000,
    });
  });

  afterAll(async () => {
    await portal.stop();
  });

  function release(component: string, version: string, slowerMs: number) {
    const name = `${component}-${version}`;
    mkdirSync(join(portal.root, name));
    writeFileSync(join(portal.root, name, 'server.js'), server(slowerMs));
    return portal.release(component, {
      version,
      artifact: {
        kind: 'directory',
        spec: { path: name, command: ['node', 'server.js'] },
      },
      health: { readiness: { path: '/healthz', periodSeconds: 0.5 } },
    });
  }

  async function rollOutSecond(component: string, slowerMs: number) {
    const one = await release(component, '1.0.0', 0);
    const first = await portal.rollOut(component, one);
    const two = await release(component, '2.0.0', slowerMs);
    const traffic = load(addressOf(first), 40);
    const rollout = await portal.rollOut(component, two, {
      strategy: compared,
    });
    const answers = await traffic.stop();
    const analysis = rollout.steps.find(({ kind }) => kind === 'analysis');
    return { rollout, answers, analysis: analysis?.analysis };
  }

  it('is taken back when it is 40 ms slower, with the reason in words, and goes on when it is alike', async () => {
    const [slower, alike] = await Promise.all([
      rollOutSecond('slower', 40),
      rollOutSecond('alike', 0),
    ]);
    expect(slower.rollout).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringMatching(
        /^Verification failed\. latency: [34]\d(\.\d+)? ms higher than in the release before \(99\.9 % interval .* ms; tolerance .* ms\)\. The score is 0 of 100/,
      ),
      observation: { versions: [{ weight: 100 }] },
    });
    expect(slower.analysis).toMatchObject({ verdict: 'failed' });
    const measurements = slower.analysis!.metrics[0].measurements;
    expect(measurements[0].message).toMatch(/of 15 points .* too few/);
    expect(measurements.at(-1)!.comparison).toMatchObject({
      classification: 'high',
      unit: 'ms',
      histogram: { canary: expect.any(Array), stable: expect.any(Array) },
    });

    expect(alike.rollout.phase).toBe('succeeded');
    expect(alike.analysis).toMatchObject({
      verdict: 'successful',
      score: { value: 100 },
      metrics: [{ message: expect.stringContaining('no clear difference') }],
    });
    for (const { answers } of [slower, alike])
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });
});
