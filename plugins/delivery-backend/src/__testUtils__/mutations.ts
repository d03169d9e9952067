import {
  type DeliveryCalls,
  production,
  releaseRequest,
  waitsHalfWay,
} from './DeliveryCalls';

/** One change that a test asks for, twice or by two people, after everything that it needs has been done. */
interface PreparedMutation {
  path: string;
  body: object;
  /** Well-formed, but not the same. */
  otherBody: object;
  /** How often it has been carried out. */
  effects(): Promise<number>;
  /** The rollout it steers. */
  rolloutId?: string;
}

type Prepare = (
  calls: DeliveryCalls,
  componentRef: string,
) => Promise<PreparedMutation>;

const severalStops = {
  canary: {
    steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 40 }, { pause: {} }],
  },
};

/**
 * A way to ask for each mutating operation of the API, and for each action of those that have several. A new one that
 * is missing here fails the tests that go through them.
 */
export const mutations: Record<string, Prepare> = {
  createRelease: async (calls, componentRef) => ({
    path: '/releases',
    body: releaseRequest('1.0.0', componentRef),
    // The same version with other content: releases never change, so only one can win.
    otherBody: {
      ...releaseRequest('1.0.0', componentRef),
      artifact: { kind: 'test', spec: { name: 'something-else' } },
    },
    effects: async () => count(calls, `/releases?componentRef=${componentRef}`),
  }),
  startRollout: async (calls, componentRef) => {
    const releaseId = await calls.release('1.0.0', componentRef);
    const body = { ...target(componentRef), releaseId };
    return {
      path: '/rollouts',
      body,
      otherBody: { ...body, progressDeadlineSeconds: 700 },
      effects: async () =>
        count(calls, `/rollouts?componentRef=${componentRef}`),
    };
  },
  startRollback: async (calls, componentRef) => {
    for (const version of ['1.0.0', '2.0.0'])
      await calls.rollOut(await calls.release(version, componentRef), {
        ...target(componentRef),
        strategy: { rolling: {} },
      });
    const body = target(componentRef);
    return {
      path: '/rollbacks',
      body,
      otherBody: { ...body, reason: 'other' },
      effects: async () =>
        (await count(calls, `/rollouts?componentRef=${componentRef}`)) - 2,
    };
  },
  'actOnRollout pause': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, {
      canary: { steps: [{ setWeight: 50 }, { pause: { duration: '1h' } }] },
    });
    await calls.until(id, ({ weight }) => weight === 50);
    return action(calls, id, 'pause', 'rollout.paused');
  },
  'actOnRollout resume': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, {
      canary: { steps: [{ setWeight: 50 }, { pause: { duration: '1h' } }] },
    });
    await calls.until(id, ({ weight }) => weight === 50);
    await calls.post(`/rollouts/${id}/pause`, {});
    return action(calls, id, 'resume', 'rollout.resumed');
  },
  'actOnRollout promote': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, severalStops);
    await calls.paused(id);
    return action(calls, id, 'promote', 'rollout.promoted');
  },
  'actOnRollout promoteFull': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, severalStops);
    await calls.paused(id);
    return action(calls, id, 'promoteFull', 'rollout.promoted');
  },
  'actOnRollout abort': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, waitsHalfWay);
    await calls.paused(id);
    return action(calls, id, 'abort', 'rollback.started');
  },
  'actOnRollout retry': async (calls, componentRef) => {
    const id = await underWay(calls, componentRef, waitsHalfWay);
    await calls.paused(id);
    await calls.post(`/rollouts/${id}/abort`, {});
    await calls.ended(id);
    return {
      ...action(calls, id, 'retry', ''),
      effects: async () =>
        (await count(calls, `/rollouts?componentRef=${componentRef}`)) - 2,
    };
  },
};

function target(componentRef: string) {
  return { componentRef, environmentRef: production };
}

/** The second rollout of a component: the first has no steps. */
async function underWay(
  calls: DeliveryCalls,
  componentRef: string,
  strategy: object,
): Promise<string> {
  const [first, second] = [
    await calls.release('1.0.0', componentRef),
    await calls.release('2.0.0', componentRef),
  ];
  await calls.rollOut(first, target(componentRef));
  return calls.start(second, { ...target(componentRef), strategy });
}

function action(
  calls: DeliveryCalls,
  rolloutId: string,
  name: string,
  event: string,
): PreparedMutation {
  return {
    path: `/rollouts/${rolloutId}/${name}`,
    body: {},
    otherBody: { reason: 'other' },
    effects: async () => {
      const { body } = await calls.get(`/rollouts/${rolloutId}/events`);
      const events: Array<{ type: string }> = body.items;
      return events.filter(({ type }) => type === event).length;
    },
    rolloutId,
  };
}

async function count(calls: DeliveryCalls, path: string): Promise<number> {
  const { body } = await calls.get(path);
  return body.page.totalItems;
}
