import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { AddressInfo } from 'node:net';
import {
  checkout,
  DeliveryCalls,
  production,
  waitsHalfWay,
} from '../__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline } from '../__testUtils__/documents';
import { Grants } from '../__testUtils__/Grants';
import { startDelivery } from '../__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('an agent that speaks MCP', () => {
  const auditor = mockServices.auditor.mock();
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);
  const clients: Client[] = [];

  beforeAll(async () => {
    const grants = new Grants();
    grants.refuse('user:default/viewer', name => !name.endsWith('.read'));
    auditor.createEvent.mockResolvedValue({
      success: async () => {},
      fail: async () => {},
    });
    delivery = await startDelivery(
      await databases.init('SQLITE_3'),
      grants.feature,
      {
        features: [mcpPlugin, auditor.factory],
        config: {
          backend: { actions: { pluginSources: ['delivery'] } },
          ...new DocumentsFile(pipeline({})).config,
        },
      },
    );
  });

  afterAll(async () => {
    for (const client of clients) await client.close();
    await delivery?.backend.stop();
  });

  async function agentOf(user: string) {
    const { port } = delivery.server.address() as AddressInfo;
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`),
        {
          requestInit: {
            headers: {
              Authorization: mockCredentials.user.header(
                `user:default/${user}`,
              ),
            },
          },
        },
      ),
    );
    clients.push(client);
    return {
      client,
      call: async (name: string, input: Record<string, unknown> = {}) => {
        const answer = await client.callTool({
          name: `delivery.${name}`,
          arguments: input,
        });
        const [{ text }] = answer.content as Array<{ text: string }>;
        return { refused: answer.isError ?? false, text, answer };
      },
    };
  }

  async function output(
    agent: Awaited<ReturnType<typeof agentOf>>,
    name: string,
    input?: Record<string, unknown>,
  ) {
    const { refused, text } = await agent.call(name, input);
    expect([refused, refused ? text : '']).toEqual([false, '']);
    return JSON.parse(text);
  }

  it('is shown every tool, with what it may change', async () => {
    const { client } = await agentOf('ana');
    const { tools } = await client.listTools();
    expect(
      Object.fromEntries(
        tools.map(({ name, annotations = {} }) => [
          name.replace('delivery.', ''),
          [
            annotations.readOnlyHint && 'reads',
            annotations.destructiveHint && 'destroys',
            annotations.idempotentHint && 'repeatable',
          ].filter(Boolean),
        ]),
      ),
    ).toEqual({
      'list-deployments': ['reads', 'repeatable'],
      'list-releases': ['reads', 'repeatable'],
      'list-rollouts': ['reads', 'repeatable'],
      'describe-component': ['reads', 'repeatable'],
      'describe-rollout': ['reads', 'repeatable'],
      'start-rollout': ['destroys'],
      'promote-rollout': ['destroys'],
      'abort-rollout': ['destroys', 'repeatable'],
      'start-rollback': ['destroys'],
      'start-promotion': ['destroys'],
      'describe-promotion': ['reads', 'repeatable'],
    });
    for (const { description, inputSchema } of tools) {
      expect(description?.length).toBeGreaterThan(50);
      expect(inputSchema).toMatchObject({
        type: 'object',
        additionalProperties: false,
      });
    }
  });

  it('deploys, follows the rollout to its end, promotes, and rolls back', async () => {
    await calls.release('1.0.0');
    await calls.release('2.0.0');
    const agent = await agentOf('ana');
    const { items: releases } = await output(agent, 'list-releases', {
      componentRef: checkout,
    });
    expect(releases.map(({ version }: { version: string }) => version)).toEqual(
      ['2.0.0', '1.0.0'],
    );
    const target = { componentRef: checkout, environmentRef: production };
    const deploy = {
      ...target,
      releaseId: releases[1].id,
      reason: 'first',
      idempotencyKey: 'agent-1',
    };
    const first = await output(agent, 'start-rollout', deploy);
    expect(first).toMatchObject({ requestedBy: 'user:default/ana' });
    expect(await output(agent, 'start-rollout', deploy)).toMatchObject({
      id: first.id,
    });
    await calls.ended(first.id);
    expect(
      await output(agent, 'describe-rollout', { rolloutId: first.id }),
    ).toMatchObject({
      phase: 'succeeded',
      steps: expect.arrayContaining([
        expect.objectContaining({ status: 'succeeded' }),
      ]),
      events: expect.arrayContaining([
        expect.objectContaining({ actor: 'user:default/ana' }),
      ]),
    });

    const second = await output(agent, 'start-rollout', {
      ...target,
      releaseId: releases[0].id,
      strategy: waitsHalfWay,
    });
    const { version } = await calls.paused(second.id);
    expect(
      await output(agent, 'list-rollouts', { waitingFor: 'person' }),
    ).toMatchObject({ totalItems: 1, items: [{ id: second.id }] });
    const stale = await agent.call('promote-rollout', {
      rolloutId: second.id,
      expectedVersion: version - 1,
    });
    expect(stale).toMatchObject({
      refused: true,
      text: expect.stringContaining('read it again'),
    });
    await output(agent, 'promote-rollout', {
      rolloutId: second.id,
      expectedVersion: version,
    });
    expect(await calls.ended(second.id)).toMatchObject({ phase: 'succeeded' });

    const back = await output(agent, 'start-rollback', target);
    expect(await calls.ended(back.id)).toMatchObject({ phase: 'succeeded' });
    const { environments } = await output(agent, 'describe-component', {
      componentRef: checkout,
    });
    expect(environments).toMatchObject([
      { environmentRef: 'resource:default/development' },
      { environmentRef: 'resource:default/staging' },
      { environmentRef: production, version: '1.0.0', health: 'healthy' },
    ]);
    expect(await output(agent, 'list-deployments')).toMatchObject({
      items: [{ version: '1.0.0', previousVersion: '2.0.0' }],
    });
    const ended = await agent.call('abort-rollout', { rolloutId: back.id });
    expect(ended).toMatchObject({
      refused: true,
      text: 'ConflictError: This has ended already.',
    });
  });

  it('promotes a release through its pipeline', async () => {
    const releaseId = await calls.release('3.0.0');
    const agent = await agentOf('ana');
    const promote = {
      items: [{ componentRef: checkout, releaseId }],
      toStage: 'staging',
      idempotencyKey: 'agent-promotes',
    };
    const started = await output(agent, 'start-promotion', promote);
    expect(started).toMatchObject({
      phase: 'running',
      requestedBy: 'user:default/ana',
      stages: [{ name: 'staging' }],
    });
    expect(await output(agent, 'start-promotion', promote)).toMatchObject({
      id: started.id,
    });
    const look = () =>
      output(agent, 'describe-promotion', { promotionId: started.id });
    const deadline = Date.now() + 20_000;
    let now = await look();
    while (!now.finishedAt && Date.now() < deadline) now = await look();
    expect(now).toMatchObject({
      phase: 'succeeded',
      stages: [{ status: 'succeeded', rollouts: [expect.any(String)] }],
    });
    const viewer = await agentOf('viewer');
    expect(await viewer.call('start-promotion', promote)).toMatchObject({
      refused: true,
      text: expect.stringContaining('delivery.rollout.create'),
    });
  });

  it('may do what the person behind it may, is told why not, and is in the audit log', async () => {
    const agent = await agentOf('viewer');
    const { items } = await output(agent, 'list-releases', {
      componentRef: checkout,
    });
    auditor.createEvent.mockClear();
    const { refused, text } = await agent.call('start-rollout', {
      componentRef: checkout,
      environmentRef: production,
      releaseId: items[0].id,
    });
    expect(refused).toBe(true);
    expect(text).toBe(
      'NotAllowedError: This needs the permission delivery.rollout.create for this component and environment. You may not deploy Checkout to production.',
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'rollout-start',
        meta: expect.objectContaining({ onBehalfOf: 'user:default/viewer' }),
      }),
    );
  });

  it.each([
    ['an unknown field', { componentRef: checkout, mood: 'good' }, 'mood'],
    ['no entity reference', { componentRef: 'checkout' }, 'componentRef'],
    [
      'an unknown environment',
      {
        componentRef: checkout,
        environmentRef: 'resource:default/moon',
        releaseId: 'x',
      },
      '/environmentRef',
    ],
    [
      'a strategy that makes no sense',
      {
        componentRef: checkout,
        environmentRef: production,
        releaseId: 'x',
        strategy: { canary: { steps: [{ setWeight: 'half' }] } },
      },
      '/strategy/canary/steps/0/setWeight',
    ],
  ])('is told the field and the reason for %s', async (_, input, field) => {
    const agent = await agentOf('ana');
    const { refused, text } = await agent.call('start-rollout', input);
    expect(refused).toBe(true);
    expect(text).toContain('InputError');
    expect(text).toContain(field);
  });
});
