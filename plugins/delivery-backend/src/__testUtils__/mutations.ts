import type {
  ApprovalDecision,
  Delegation,
  Hold,
  Promotion,
  Release,
} from '@slipway/backstage-plugin-delivery-common';
import { randomUUID } from 'node:crypto';
import {
  type DeliveryCalls,
  production,
  releaseRequest,
  staging,
  waitsHalfWay,
} from './DeliveryCalls';

/** One change that a test asks for, twice or by two people, after everything that it needs has been done. */
interface PreparedMutation {
  path: string;
  body: object;
  /** Well-formed, but not the same; absent where there is nothing to say. */
  otherBody?: object;
  /** How often it has been carried out. */
  effects(): Promise<number>;
  /** What it steers, by its path. */
  versionOf?: string;
}

type Prepare = (
  calls: DeliveryCalls,
  componentRef: string,
  /** Who will ask for it. */
  user: string,
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
  scaleTarget: async (calls, componentRef) => {
    await calls.rollOut(await calls.release('1.0.0', componentRef), {
      ...target(componentRef),
      strategy: { rolling: {} },
    });
    const body = { ...target(componentRef), replicas: 3 };
    return {
      path: '/targets/scale',
      body,
      otherBody: { ...body, replicas: 4 },
      effects: async () =>
        (await count(
          calls,
          `/rollouts?componentRef=${componentRef}&withScaling=true`,
        )) - 1,
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
  startRollbacks: async (calls, componentRef) => {
    // Those whose stages wait for nobody.
    const targets = ['development', 'production'].map(name => ({
      environmentRef: `resource:default/${name}`,
    }));
    for (const version of ['1.0.0', '2.0.0']) {
      const id = await calls.release(version, componentRef);
      for (const where of targets)
        await calls.rollOut(id, {
          componentRef,
          ...where,
          strategy: { rolling: {} },
        });
    }
    const body = { componentRef, targets };
    return {
      path: '/rollbacks/together',
      body,
      otherBody: { ...body, reason: 'other' },
      effects: async () =>
        ((await count(calls, `/rollouts?componentRef=${componentRef}`)) - 4) /
        2,
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
  'judgeRelease reject': async (calls, componentRef) => {
    const id = await calls.release('1.0.0', componentRef);
    return judgement(calls, id, 'reject', ({ rejection }) => rejection);
  },
  'judgeRelease unreject': async (calls, componentRef) => {
    const id = await calls.release('1.0.0', componentRef);
    await calls.post(`/releases/${id}/reject`, { reason: 'It is bad' });
    return judgement(calls, id, 'unreject', ({ rejection }) => !rejection);
  },
  startPromotion: async (calls, componentRef) => {
    const body = await promotion(calls, componentRef);
    return {
      path: '/promotions',
      body,
      otherBody: { ...body, reason: 'other' },
      effects: async () =>
        count(calls, `/promotions?componentRef=${componentRef}`),
    };
  },
  'actOnPromotion abort': async (calls, componentRef) => {
    const { body } = await calls.post(
      '/promotions',
      await promotion(calls, componentRef),
    );
    // It changes by itself until then.
    await promotionWaits(calls, body.id, 'gates');
    return promotionAction(calls, body.id, 'abort', 'promotion.stopping');
  },
  'actOnPromotion retry': async (calls, componentRef) =>
    promotionAction(
      calls,
      await failedPromotion(calls, componentRef),
      'retry',
      'promotion.retried',
    ),
  'actOnPromotion continue': async (calls, componentRef) =>
    promotionAction(
      calls,
      await failedPromotion(calls, componentRef),
      'continue',
      'promotion.stage.tolerated',
    ),
  createHold: async (calls, componentRef) => {
    const body = { ...target(componentRef), reason: 'Load test' };
    return {
      path: '/holds',
      body,
      otherBody: { ...body, reason: 'Other' },
      effects: async () => (await holdsOf(calls, componentRef)).length,
    };
  },
  releaseHold: async (calls, componentRef) => {
    const { body } = await calls.post('/holds', {
      ...target(componentRef),
      reason: 'Load test',
    });
    return {
      path: `/holds/${body.id}/release`,
      body: { reason: 'It is over' },
      otherBody: { reason: 'It is over now' },
      effects: async () => 1 - (await holdsOf(calls, componentRef)).length,
    };
  },
  'decideApproval approve': async (calls, componentRef) =>
    voting(calls, componentRef, 'approve', 'gates.voted'),
  'decideApproval reject': async (calls, componentRef) =>
    voting(calls, componentRef, 'reject', 'gates.closed'),
  'decideApproval withdraw': async (calls, componentRef, user) => {
    const withdrawal = await voting(
      calls,
      componentRef,
      'withdraw',
      'gates.voteWithdrawn',
    );
    // Two are needed, so that the vote stays to be withdrawn.
    await calls.post(
      withdrawal.path.replace('withdraw', 'approve'),
      withdrawal.body,
      { user },
    );
    return withdrawal;
  },
  askApproval: async (calls, componentRef) => {
    const body = request(componentRef);
    return {
      path: '/approval-requests',
      body,
      otherBody: { ...body, title: 'Something else' },
      effects: async () =>
        count(calls, `/approvals?componentRef=${componentRef}`),
    };
  },
  withdrawApprovalRequest: async (calls, componentRef, user) => {
    const { body } = await calls.post(
      '/approval-requests',
      request(componentRef),
      { user },
    );
    const path = `/approval-requests/${body.id}`;
    return {
      path: `${path}/withdraw`,
      body: {},
      otherBody: { reason: 'other' },
      effects: async () =>
        (await calls.get(path)).body.state === 'withdrawn' ? 1 : 0,
      versionOf: path,
    };
  },
  askWindowException: async (calls, componentRef) => {
    const body = exception(componentRef);
    return {
      path: '/window-exceptions',
      body,
      otherBody: { ...body, reason: 'Something else' },
      effects: async () =>
        (await calls.get(`/window-exceptions?componentRef=${componentRef}`))
          .body.items.length,
    };
  },
  endWindowException: async (calls, componentRef, user) => {
    const { body } = await calls.post(
      '/window-exceptions',
      exception(componentRef),
      { user },
    );
    const asked = await calls.get(`/approval-requests/${body.id}`, user);
    const { subjectDigest } = asked.body.request;
    await calls.post(
      `/approvals/${body.id}/approve`,
      { subjectDigest },
      { user },
    );
    return {
      path: `/window-exceptions/${body.id}/end`,
      body: { reason: 'Done' },
      otherBody: { reason: 'Over' },
      effects: async () =>
        (await calls.get(`/window-exceptions?componentRef=${componentRef}`))
          .body.items.length
          ? 0
          : 1,
    };
  },
  'actOnRollout breakGlass': async (calls, componentRef) => {
    const id = await held(calls, componentRef);
    return {
      ...action(calls, id, 'breakGlass', 'gates.broken'),
      body: { reason: 'The house is on fire' },
      otherBody: { reason: 'Because' },
    };
  },
  reviewBreakGlass: async (calls, componentRef) => {
    const id = await held(calls, componentRef);
    await calls.post(`/rollouts/${id}/breakGlass`, { reason: 'Fire' });
    return {
      path: `/rollouts/${id}/review`,
      body: { reason: 'It was needed' },
      otherBody: { reason: 'It was not needed' },
      effects: async () => {
        const { body } = await calls.get(`/rollouts/${id}`);
        return body.gates.breakGlass.review ? 1 : 0;
      },
    };
  },
  createDelegation: async calls => {
    const deputy = `deputy-${randomUUID()}`;
    const body = { to: `user:default/${deputy}`, until: inDays(7) };
    return {
      path: '/delegations',
      body,
      otherBody: { ...body, until: inDays(8) },
      effects: async () => (await delegationsTo(calls, deputy)).length,
    };
  },
  endDelegation: async (calls, _componentRef, user) => {
    const deputy = `deputy-${randomUUID()}`;
    const { body } = await calls.post(
      '/delegations',
      { to: `user:default/${deputy}`, until: inDays(7) },
      { user },
    );
    return {
      path: `/delegations/${body.id}/end`,
      body: {},
      effects: async () => {
        const [delegation] = await delegationsTo(calls, deputy);
        return delegation.active ? 0 : 1;
      },
    };
  },
};

function request(componentRef: string) {
  return {
    title: 'Read the ledger',
    componentRef,
    approval: { rules: [{ group: 'group:default/voters', atLeast: 1 }] },
  };
}

async function holdsOf(
  calls: DeliveryCalls,
  componentRef: string,
): Promise<Hold[]> {
  const { body } = await calls.get(`/holds?componentRef=${componentRef}`);
  return body.items;
}

/** To a stage that waits for people. */
async function promotion(calls: DeliveryCalls, componentRef: string) {
  const releaseId = await calls.release('1.0.0', componentRef);
  return { items: [{ componentRef, releaseId }], toStage: 'staging' };
}

/** One that waits for a person, because no stage takes its release. */
async function failedPromotion(
  calls: DeliveryCalls,
  componentRef: string,
): Promise<string> {
  const release = await calls.post('/releases', {
    ...releaseRequest('1.0.0', componentRef),
    configuration: { secretRefs: { TOKEN: 'vault:app/token' } },
  });
  const { body } = await calls.post('/promotions', {
    items: [{ componentRef, releaseId: release.body.id }],
    toStage: 'staging',
  });
  await promotionWaits(calls, body.id, 'person');
  return body.id;
}

async function promotionWaits(
  calls: DeliveryCalls,
  id: string,
  what: Promotion['waitingFor'],
): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { body: present } = await calls.get(`/promotions/${id}`);
    if (present.waitingFor === what) return;
    if (Date.now() > deadline)
      throw new Error(`It stands at ${JSON.stringify(present)}`);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

function promotionAction(
  calls: DeliveryCalls,
  promotionId: string,
  name: string,
  event: string,
): PreparedMutation {
  return {
    path: `/promotions/${promotionId}/${name}`,
    body: {},
    otherBody: { reason: 'other' },
    effects: async () => {
      const { body } = await calls.get(`/promotions/${promotionId}/events`);
      const events: Array<{ type: string }> = body.items;
      return events.filter(({ type }) => type === event).length;
    },
    versionOf: `/promotions/${promotionId}`,
  };
}

async function delegationsTo(
  calls: DeliveryCalls,
  deputy: string,
): Promise<Delegation[]> {
  return (await calls.get('/delegations', deputy)).body.items;
}

/** A rollout that waits for an approval, asked for by nobody who votes. */
async function held(
  calls: DeliveryCalls,
  componentRef: string,
): Promise<string> {
  return calls.start(await calls.release('1.0.0', componentRef), {
    componentRef,
    environmentRef: staging,
  });
}

async function voting(
  calls: DeliveryCalls,
  componentRef: string,
  decision: ApprovalDecision,
  event: string,
): Promise<PreparedMutation> {
  const id = await held(calls, componentRef);
  const { body } = await calls.get(`/approvals/${id}`);
  const vote = { subjectDigest: body.rollout.gates.subject.digest };
  return {
    ...action(calls, id, '', event),
    path: `/approvals/${id}/${decision}`,
    body: { ...vote, comment: 'one' },
    otherBody: { ...vote, comment: 'two' },
  };
}

async function judgement(
  calls: DeliveryCalls,
  releaseId: string,
  verdict: 'reject' | 'unreject',
  isDone: (release: Release) => unknown,
): Promise<PreparedMutation> {
  return {
    path: `/releases/${releaseId}/${verdict}`,
    body: { reason: 'We looked at it' },
    otherBody: { reason: 'We looked at it again' },
    effects: async () =>
      isDone((await calls.get(`/releases/${releaseId}`)).body) ? 1 : 0,
  };
}

/**
 * Where what two people ask for has nothing to do with each other: everybody has a vote, delegations and requests of their own, and
 * more people than are needed may agree until it begins.
 */
export const independentMutations = new Set([
  'decideApproval approve',
  'decideApproval withdraw',
  'askApproval',
  'withdrawApprovalRequest',
  'askWindowException',
  'createDelegation',
  'endDelegation',
]);

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** In the freeze that is far away. */
function exception(componentRef: string) {
  return {
    ...target(componentRef),
    from: '2090-01-01T06:00:00.000Z',
    until: '2090-01-01T08:00:00.000Z',
    reason: 'It cannot wait',
  };
}

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
    versionOf: `/rollouts/${rolloutId}`,
  };
}

async function count(calls: DeliveryCalls, path: string): Promise<number> {
  const { body } = await calls.get(path);
  return body.page.totalItems;
}
