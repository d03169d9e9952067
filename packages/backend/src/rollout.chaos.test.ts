import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause, Portal } from './__testUtils__/Portal';
import { startTraffic } from './__testUtils__/traffic';

jest.setTimeout(1_800_000);

// Slow to start and to stop, as real software is, so that there is a middle to be killed in.
const server = `
const { createServer } = require('node:http');
const server = createServer((_, res) => setTimeout(() => res.end(process.env.VERSION), 5));
process.on('SIGTERM', () => server.close(() => setTimeout(() => process.exit(0), 700)));
setTimeout(() => server.listen(process.env.PORT, process.env.HOST), 700);
`;

const component = 'component:default/quote-service';
const environment = 'resource:default/development';

/** Moments of a canary, each found by what the rollout says of itself. */
const moments: Array<[string, (rollout: Rollout) => boolean]> = [
  ['install', at('prepare')],
  ['start', at('scale')],
  ['ready', after('scale')],
  ['weight change', at('setWeight')],
  ['analysis', at('analysis')],
  ['second weight change', after('analysis')],
  ['promote', at('promote')],
  ['retire', at('retire')],
];
const full = process.env.SLIPWAY_CHAOS === 'full';
const small = ['start', 'analysis', 'retire'];
// Each round begins its kills one moment later: steps pass while a portal starts, and none shall be left out.
const rounds = full
  ? moments.map((_, first) => moments.slice(first))
  : [moments.filter(([name]) => small.includes(name))];

describe('a backend that is killed in the middle of a canary', () => {
  const portal = new Portal();
  let token: string;
  let versions = 0;

  beforeAll(async () => {
    await portal.start();
    token = await eventually(() => portal.signIn('ana'));
    const folder = join(portal.artifacts, 'quote');
    mkdirSync(folder);
    writeFileSync(join(folder, 'server.js'), server);
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { start: 'node server.js' } }),
    );
  });

  afterAll(() => portal.destroy());

  const rollOut = async (steps?: object[]) => {
    versions += 1;
    const version = `${versions}.0.0`;
    const release = await eventually(() =>
      portal.delivery.createRelease(
        {
          componentRef: component,
          version,
          artifact: {
            kind: 'directory',
            spec: { path: join(portal.artifacts, 'quote') },
          },
          configuration: { values: { VERSION: version } },
          health: { readiness: { path: '/', periodSeconds: 0.2 } },
        },
        { token },
      ),
    );
    // Just after a start the pipelines have not been read.
    const { id } = await eventually(() =>
      portal.delivery.startRollout(
        {
          componentRef: component,
          releaseId: release.id,
          environmentRef: environment,
          strategy: steps ? { canary: { steps } } : { rolling: {} },
          replicas: 2,
        },
        { token, idempotencyKey: version },
      ),
    );
    return { id, version };
  };
  const read = (id: string) => portal.delivery.getRollout(id, { token });
  /** A rollout that does not end in two minutes is answered as it stands. */
  const ended = async (id: string) => {
    const end = Date.now() + 120_000;
    for (;;) {
      const rollout = await read(id);
      if (rollout.finishedAt || Date.now() > end) return rollout;
      await pause(100);
    }
  };

  const canary = [
    { setWeight: 30 },
    {
      analysis: {
        metrics: [
          {
            name: 'errors',
            provider: { local: { metric: 'errorRatio' } },
            successCondition: 'result < 0.01',
            interval: '500ms',
            count: 4,
          },
        ],
      },
    },
    { setWeight: 70 },
    { pause: { duration: '300ms' } },
  ];

  it('goes on where it was, serves all the time, and leaves no process behind', async () => {
    const first = await rollOut();
    const { phase, observation } = await ended(first.id);
    expect(phase).toBe('succeeded');
    const address = observation!.address!;

    for (const [round, wanted] of rounds.entries()) {
      const traffic = startTraffic(address);
      const killed: string[] = [];
      const { id, version } = await rollOut(canary);
      for (const [name, reached] of wanted) {
        let rollout = await read(id);
        while (!reached(rollout) && rollout.phase === 'progressing') {
          await pause(15);
          rollout = await read(id);
        }
        if (rollout.phase !== 'progressing') break;
        await pause(full ? Math.random() * 200 : 0);
        await portal.kill();
        killed.push(name);
        await portal.start();
      }
      const rollout = await ended(id);
      const answers = await traffic.stop();

      expect(killed.length).toBeGreaterThanOrEqual(full ? 1 : 2);
      expect(killed[0]).toBe(wanted[0][0]);
      expect(`${rollout.phase}: ${rollout.message}`).toBe(
        `succeeded: ${version} runs in development`,
      );
      expect(answers.filter(answer => 'problem' in answer)).toEqual([]);
      expect(answers.length).toBeGreaterThan(100);
      const events = await portal.delivery.listRolloutEvents(
        id,
        { limit: 1000 },
        { token },
      );
      expect(events.map(event => event.version)).toEqual(
        events.map((_, index) => index + 1),
      );
      // Old copies may still be draining when the rollout says it has succeeded.
      await eventually(async () => {
        const running = portal.processes().flatMap(process => {
          return process.version ? [process.version] : [];
        });
        expect(running).toEqual([version, version]);
      });
      process.stdout.write(
        `chaos: round ${round + 1}, killed at ${killed.join(', ')}; ${answers.length} requests, 0 lost\n`,
      );
    }

    await portal.stop();
    await eventually(async () => expect(portal.processes()).toEqual([]));
  });
});

function at(kind: string) {
  return ({ steps, currentStepIndex }: Rollout) =>
    currentStepIndex >= steps.findIndex(step => step.kind === kind);
}

function after(kind: string) {
  return ({ steps, currentStepIndex }: Rollout) =>
    currentStepIndex > steps.findIndex(step => step.kind === kind);
}

/** Tries for twenty seconds, then fails as the last try did. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(200);
    }
  }
}
