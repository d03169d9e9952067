import type {
  CreateReleaseRequest,
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Portal, pause } from '../src/__testUtils__/Portal';

export const environments = ['development', 'preview', 'staging', 'production'];
export const patternName = 'bench-pattern';
export const patternRef = `component:default/${patternName}`;

/** What the plugin did itself, whose rows are the pattern of all others. */
export interface Patterns {
  /** One rollout for each environment that has ended well, of one release. */
  past: Rollout[];
  /** One that people are asked about. */
  pending: Rollout;
  /** One that a person has to go on with. */
  paused: Rollout;
}

/** The pattern's component and a fourth environment, for the catalog. */
export const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: patternName, description: 'One of ten thousand' },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/booking-team',
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'preview' },
    spec: {
      type: 'environment',
      owner: 'group:default/platform',
      tier: 'development',
      order: 2,
      runtime: 'local',
      target: {},
    },
  },
];

export const pipeline = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'DeliveryPipeline',
  metadata: { name: 'standard' },
  spec: {
    stages: environments.map(name => ({
      name,
      environment: `resource:default/${name}`,
      ...(name === 'production' && {
        gates: [
          {
            approval: {
              name: 'Somebody else',
              rules: [{ group: 'group:default/engineering', atLeast: 1 }],
            },
          },
        ],
      }),
    })),
  },
};

const server = `
const { createServer } = require('node:http');
const server = createServer((_, res) => res.end('ok')).listen(process.env.PORT, process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

export async function makePatterns(portal: Portal): Promise<Patterns> {
  const path = join(portal.artifacts, 'server');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'server.js'), server);
  const { delivery } = portal;
  const token = await until(() => portal.signIn('dmitri'));
  const ana = { token: await until(() => portal.signIn('ana')) };
  const admin = { token };
  const request: CreateReleaseRequest = {
    componentRef: patternRef,
    version: '1.0.0',
    artifact: {
      kind: 'directory',
      spec: { path, command: ['node', 'server.js'] },
    },
  };
  const release = await until(() => delivery.createRelease(request, admin));
  const next = await delivery.createRelease(
    { ...request, version: '2.0.0' },
    admin,
  );
  const start = (
    releaseId: string,
    environment: string,
    strategy: Strategy = { rolling: {} },
  ) =>
    delivery.startRollout(
      {
        componentRef: patternRef,
        environmentRef: `resource:default/${environment}`,
        releaseId,
        strategy,
      },
      admin,
    );
  const reaches = (id: string, phase: Rollout['phase']) =>
    until(async () => {
      const rollout = await delivery.getRollout(id, admin);
      if (rollout.finishedAt && rollout.phase !== phase)
        throw new Error(`${rollout.phase}: ${rollout.message}`);
      return rollout.phase === phase ? rollout : undefined;
    });

  const past: Rollout[] = [];
  for (const environment of environments) {
    const { id } = await until(() => start(release.id, environment));
    if (environment === 'production') {
      await reaches(id, 'held');
      const digest = await until(
        async () => (await delivery.getRollout(id, ana)).gates?.subject.digest,
      );
      await delivery.decideApproval(
        id,
        'approve',
        { subjectDigest: digest },
        ana,
      );
    }
    past.push(await reaches(id, 'succeeded'));
  }
  const pending = await start(next.id, 'production');
  const paused = await start(next.id, 'staging', {
    canary: { steps: [{ setWeight: 50 }, { pause: {} }] },
  });
  return {
    past,
    pending: await reaches(pending.id, 'held'),
    paused: await reaches(paused.id, 'paused'),
  };
}

/** Tries for a minute. */
async function until<T>(work: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      const value = await work();
      if (value !== undefined) return value;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error('The pattern took too long');
    await pause(200);
  }
}
