// Memory of the backend when nothing happens, and with fifty canaries under verification at once.
import { BenchPortal } from './BenchPortal.mjs';
import { releases } from './releases.mjs';

const count = 50;
const settleMs = 20_000;

const canary = {
  canary: {
    steps: [
      { setWeight: 50 },
      {
        analysis: {
          metrics: [
            {
              name: 'errors',
              provider: {
                local: { metric: 'errorRatio', probe: { path: '/' } },
              },
              successCondition: 'result < 0.5',
              interval: '5s',
              count: 1000,
            },
          ],
        },
      },
    ],
  },
};

export async function* memoryUnderRollouts() {
  const names = Array.from({ length: count }, (_, index) => `bench-${index}`);
  const portal = await BenchPortal.start(names.map(component).join('---\n'));
  try {
    await new Promise(done => setTimeout(done, settleMs));
    yield {
      measure: 'backend memory, idle',
      value: portal.memory(),
      unit: 'MiB',
    };
    const server = await releases(portal);
    await server.rollOut(names, '1.0.0', { rolling: {} });
    await server.allEnded();
    await server.rollOut(names, '1.1.0', canary);
    await new Promise(done => setTimeout(done, settleMs));
    const running = await server.countActive();
    yield {
      measure: `backend memory, ${running} rollouts running`,
      value: portal.memory(),
      unit: 'MiB',
    };
  } finally {
    await portal.stop();
  }
}

function component(name) {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: experimental, owner: group:default/platform }
`;
}
