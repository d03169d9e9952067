import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './__testUtils__/eventually';
import { Portal } from './__testUtils__/Portal';
import { type Operation, operationsOf, requestFor } from './__testUtils__/api';
import { severalAtOnce } from './__testUtils__/severalAtOnce';

jest.setTimeout(240_000);

/**
 * Who may do what, read from the roles in app-config.yaml by a person, not by a program: the example users, their roles,
 * and what follows. `change` are the tiers in which a rollout or rollback may be started, steered or aborted.
 */
const people: Person[] = [
  {
    user: 'hugo',
    roles: 'viewer',
    feed: false,
    own: { release: false, change: [] },
    foreign: { release: false, change: [] },
  },
  {
    user: 'ana',
    roles: 'viewer, developer',
    feed: false,
    own: { release: true, change: ['development', 'staging'] },
    foreign: { release: false, change: [] },
  },
  {
    user: 'farid',
    roles: 'viewer, developer, release manager',
    feed: false,
    own: { release: true, change: ['development', 'staging', 'production'] },
    foreign: {
      release: true,
      change: ['development', 'staging', 'production'],
    },
  },
  {
    user: 'grace',
    roles: 'viewer, compliance officer',
    feed: true,
    own: { release: false, change: [] },
    foreign: { release: false, change: [] },
  },
  {
    user: 'dmitri',
    roles: 'viewer, developer, platform administrator',
    feed: true,
    own: { release: true, change: ['development', 'staging', 'production'] },
    foreign: {
      release: true,
      change: ['development', 'staging', 'production'],
    },
  },
];

interface Person {
  user: string;
  roles: string;
  feed: boolean;
  own: { release: boolean; change: string[] };
  foreign: { release: boolean; change: string[] };
}

/** A component of each of two teams; ana is in the one, farid in the other, and nobody else in either. */
const components = [
  { ref: 'component:default/quote-service', team: ['ana'] },
  { ref: 'component:default/invoice-worker', team: ['farid'] },
];
const tiers = ['development', 'staging', 'production'];

type Target = (typeof components)[number] & { tier: string };

const targets: Target[] = components.flatMap(component =>
  tiers.map(tier => ({ ...component, tier })),
);

/** What an expectation looks at, by permission. A permission that is missing here fails the test. */
const expected: Record<
  string,
  (person: Person, whose: 'own' | 'foreign', tier: string) => boolean
> = {
  none: () => true,
  'delivery.release.read': () => true,
  'delivery.deployment.read': () => true,
  // People scale through the scaling plugin, which has bounds and an end for it.
  'delivery.deployment.scale': ({ user }) => user === 'dmitri',
  'delivery.rollout.read': () => true,
  'delivery.event.read': ({ feed }) => feed,
  'delivery.release.create': (person, whose) => person[whose].release,
  'delivery.rollout.create': mayChange,
  'delivery.rollout.control': mayChange,
  'delivery.rollout.abort': mayChange,
  'delivery.rollback.create': mayChange,
  'delivery.release.reject': (person, whose) => person[whose].release,
  'delivery.release.unreject': person => person.foreign.release,
  'delivery.pipeline.read': () => true,
  'delivery.approval.decide': person => person.own.release,
  'delivery.approval.request': person => person.own.release,
  'delivery.window.request': (person, whose) => person[whose].release,
  'delivery.breakglass.use': person => person.foreign.release,
  'delivery.breakglass.review': person =>
    person.foreign.release || person.user === 'grace',
};

/** These ask for something that is not there, which only whoever may see it is told. */
const nothingThere = new Set([
  'getApproval',
  'decideApproval',
  'getApprovalRequest',
  'withdrawApprovalRequest',
  'endDelegation',
]);

function mayChange(person: Person, whose: 'own' | 'foreign', tier: string) {
  return person[whose].change.includes(tier);
}

/** Far away, so that it holds nothing, and one may ask for an exception to it. */
const farFreeze = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'DeliveryWindow',
  metadata: { name: 'far' },
  spec: {
    type: 'deny',
    start: '2090-01-01T00:00',
    timeZone: 'UTC',
    duration: '1d',
    exceptions: { approval: { approvers: ['user:default/farid'] } },
  },
};

const server = `require('node:http')
  .createServer((_, res) => res.end('ok'))
  .listen(process.env.PORT, process.env.HOST);`;

describe('the roles of app-config.yaml, on every operation of delivery', () => {
  const portal = new Portal({ windows: [farFreeze] });
  let operations: Operation[];
  /** By component and tier, what exists. */
  const there = new Map<
    string,
    {
      releaseId: string;
      rolloutId: string;
      promotionId: string;
      holdId: string;
      exceptionId: string;
    }
  >();
  const tokens = new Map<string, string>();
  let cells = 0;

  beforeAll(async () => {
    await portal.start();
    for (const { user } of people)
      tokens.set(user, await eventually(() => portal.signIn(user)));
    const document = await fetch(`${portal.url}/api/delivery/openapi.json`);
    operations = operationsOf(await document.json());
    const folder = join(portal.artifacts, 'service');
    mkdirSync(folder);
    writeFileSync(join(folder, 'server.js'), server);
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { start: 'node server.js' } }),
    );
    const token = tokens.get('dmitri');
    await severalAtOnce(components, async ({ ref }) => {
      const release = await eventually(() =>
        portal.delivery.createRelease(
          {
            componentRef: ref,
            version: '1.0.0',
            artifact: { kind: 'directory', spec: { path: folder } },
          },
          { token },
        ),
      );
      for (const tier of tiers) {
        const environmentRef = `resource:default/${tier}`;
        const { id } = await eventually(() =>
          portal.delivery.startPromotion(
            {
              items: [{ componentRef: ref, releaseId: release.id }],
              toStage: tier,
            },
            { token },
          ),
        );
        // Ended rollouts and promotions allow no action, so that whoever may act changes nothing for the next one.
        const { stages } = await eventually(async () => {
          const promotion = await portal.delivery.getPromotion(id, { token });
          if (promotion.phase !== 'succeeded') throw new Error(promotion.phase);
          return promotion;
        });
        const hold = await portal.delivery.createHold(
          { componentRef: ref, environmentRef, reason: 'because' },
          { token },
        );
        // Nobody agrees, so that nobody can end it either.
        const exception = await portal.delivery.askWindowException(
          {
            componentRef: ref,
            environmentRef,
            from: '2090-01-01T06:00:00Z',
            until: '2090-01-01T07:00:00Z',
            reason: 'because',
          },
          { token },
        );
        there.set(`${ref} ${tier}`, {
          releaseId: release.id,
          rolloutId: String(
            stages.find(({ name }) => name === tier)?.items[0].rolloutId,
          ),
          promotionId: id,
          holdId: hold.id,
          exceptionId: exception.id,
        });
      }
    });
  });

  afterAll(async () => {
    process.stdout.write(
      `authorization: ${cells} decisions over HTTP, ${operations?.length} operations\n`,
    );
    await portal.destroy();
  });

  async function ask(operation: Operation, target: Target, token?: string) {
    cells += 1;
    const { method, url, ...built } = requestFor(operation, {
      componentRef: target.ref,
      environmentRef: `resource:default/${target.tier}`,
      ...there.get(`${target.ref} ${target.tier}`),
      // Through already, so that nothing is promoted.
      items: [
        {
          componentRef: target.ref,
          releaseId: there.get(`${target.ref} ${target.tier}`)?.releaseId,
        },
      ],
      targets: [{ environmentRef: `resource:default/${target.tier}` }],
      version: '2.0.0',
      // Refused after the permission was asked for, so that nothing is released or started.
      artifact: { kind: 'nothing', spec: {} },
      ...(operation.id === 'startRollout' && { releaseId: 'nowhere' }),
      // As many as there are, so that nothing is scaled.
      replicas: 1,
      subjectDigest: `sha256:${'0'.repeat(64)}`,
      reason: 'because',
      approvalId: there.get(`${target.ref} ${target.tier}`)?.rolloutId,
      title: 'Read the ledger',
      // Refused after the permission was asked for: nobody could agree.
      approval: {},
      delegationId: 'nothing',
      to:
        operation.id === 'createDelegation'
          ? 'user:default/chloe'
          : '2026-02-01T00:00:00Z',
      from: '2026-01-01T00:00:00Z',
      until: '2026-01-01T00:00:00Z',
    });
    // Otherwise it would go through every stage.
    const body =
      built.body && 'items' in built.body
        ? { ...built.body, toStage: target.tier }
        : built.body;
    const response = await fetch(`${portal.url}/api/delivery${url}`, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: await response.json() };
  }

  it('are asked about a permission that every operation declares', () => {
    const declared = operations.map(({ permission }) => permission);
    expect(declared).not.toContain(undefined);
    expect([...new Set(declared)].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(people)('$user: $roles', async person => {
    const wrong: string[] = [];
    // One operation after the other, as some ask for what others have changed.
    for (const operation of operations)
      await severalAtOnce(targets, async target => {
        const whose = target.team.includes(person.user) ? 'own' : 'foreign';
        const permission = String(operation.permission);
        const may = expected[permission](person, whose, target.tier);
        const { status, answer } = await ask(
          operation,
          target,
          tokens.get(person.user),
        );
        const reason = String(answer.detail ?? '');
        const asExpected = may
          ? status < 500 &&
            ![401, 403].includes(status) &&
            (status !== 404 || nothingThere.has(operation.id))
          : status === 403 && reason.includes(permission);
        if (!asExpected)
          wrong.push(
            `${operation.id} ${operation.choice?.value ?? ''} on ${whose} ${target.tier}: expected ${may ? 'yes' : 'no'}, got ${status} ${reason}`,
          );
      });
    expect(wrong).toEqual([]);
  });

  it('let nobody in who is not signed in', async () => {
    const statuses = new Map<string, number>();
    for (const operation of operations)
      if (operation.permission !== 'none')
        statuses.set(
          `${operation.id} ${operation.choice?.value ?? ''}`,
          (await ask(operation, targets[0])).status,
        );
    expect([...statuses].filter(([, status]) => status !== 401)).toEqual([]);
  });
});
