import {
  type AccessAction,
  AccessClient,
} from '@slipway/backstage-plugin-access-common';
import { type Operation, operationsOf, requestFor } from './__testUtils__/api';
import { eventually } from './__testUtils__/eventually';
import { Portal } from './__testUtils__/Portal';
import { severalAtOnce } from './__testUtils__/severalAtOnce';

jest.setTimeout(240_000);

const users = ['hugo', 'ana', 'farid', 'grace', 'dmitri'];
/** A component of ana's team and one of farid's. */
const components = [
  'component:default/quote-service',
  'component:default/invoice-worker',
];
const tiers = ['development', 'staging', 'production'];
const targets = components.flatMap(componentRef =>
  tiers.map(tier => ({
    componentRef,
    environmentRef: `resource:default/${tier}`,
  })),
);

interface Target {
  componentRef: string;
  environmentRef?: string;
}

/** A permission as the framework is asked for it, and the resource in its words and in those of a question. */
interface Case {
  name: string;
  permission: object;
  resourceRef?: string;
  target?: Target;
}

/** Operations that ask for their permission before they look at what does not exist, so that nothing is changed. */
const sampled = ['createRelease', 'startRollout'];

describe('explanations, for the roles of app-config.yaml', () => {
  const portal = new Portal();
  const access = new AccessClient({
    discoveryApi: {
      getBaseUrl: async plugin => `${portal.url}/api/${plugin}`,
    },
  });
  const tokens = new Map<string, string>();
  let operations: Operation[];

  beforeAll(async () => {
    await portal.start();
    for (const user of users)
      tokens.set(user, await eventually(() => portal.signIn(user)));
    const document = await fetch(`${portal.url}/api/delivery/openapi.json`);
    operations = operationsOf(await document.json());
    // The catalog reads its files after the start; the last of these is there when all are.
    const token = tokens.get('dmitri');
    await eventually(async () => {
      for (const target of targets) {
        const { message } = await access.explain(
          {
            ...target,
            userEntityRef: 'user:default/dmitri',
            permission: 'delivery.rollout.create',
          },
          { token },
        );
        if (!message) throw new Error('no answer');
      }
    });
  });

  afterAll(() => portal.destroy());

  const explain = (
    user: string,
    asker: string,
    permission: string,
    target?: Target,
  ) =>
    access.explain(
      { userEntityRef: `user:default/${user}`, permission, ...target },
      { token: tokens.get(asker) },
    );

  /** What the permission backend decides when the person asks in the browser. */
  async function decided(
    user: string,
    permission: object,
    resourceRef?: string,
  ): Promise<'allow' | 'deny'> {
    const response = await fetch(`${portal.url}/api/permission/authorize`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${tokens.get(user)}`,
      },
      body: JSON.stringify({ items: [{ id: '1', permission, resourceRef }] }),
    });
    const { items } = await response.json();
    return items[0].result === 'ALLOW' ? 'allow' : 'deny';
  }

  /** Everything that can be asked of one action: without a resource, or of each that its plugin knows. */
  function casesOf({
    permission: name,
    action,
    resourceType,
  }: AccessAction): Case[] {
    const attributes = action === 'use' ? {} : { action };
    if (!resourceType)
      return [{ name, permission: { type: 'basic', name, attributes } }];
    const permission = { type: 'resource', name, attributes, resourceType };
    if (resourceType === 'catalog-entity')
      return components.map(componentRef => ({
        name,
        permission,
        resourceRef: componentRef,
        target: { componentRef },
      }));
    return resourceType === 'delivery-target'
      ? targets.map(target => ({
          name,
          permission,
          resourceRef: `${target.componentRef}@${target.environmentRef}`,
          target,
        }))
      : [];
  }

  it.each(users)(
    'say of %s what the permission backend decides, whoever asks',
    async user => {
      const actions = await access.listActions({ token: tokens.get('grace') });
      const wrong: string[] = [];
      const verdicts: string[] = [];
      await severalAtOnce(actions.flatMap(casesOf), async each => {
        const decision = await decided(user, each.permission, each.resourceRef);
        for (const asker of [user, 'grace']) {
          const { verdict, message } = await explain(
            user,
            asker,
            each.name,
            each.target,
          );
          verdicts.push(verdict);
          if (verdict !== decision)
            wrong.push(
              `${each.name} on ${each.resourceRef}: ${decision}, but ${message}`,
            );
        }
      });
      expect(wrong).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(100);
    },
  );

  it.each(users)('say of %s what delivery then answers', async user => {
    for (const operation of operations.filter(({ id }) => sampled.includes(id)))
      await severalAtOnce(targets, async target => {
        const permission = String(operation.permission);
        const { verdict } = await explain(user, user, permission, target);
        const { method, url, body } = requestFor(operation, {
          ...target,
          version: '2.0.0',
          artifact: { kind: 'nothing', spec: {} },
          releaseId: 'nowhere',
        });
        const { status } = await fetch(`${portal.url}/api/delivery${url}`, {
          method,
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${tokens.get(user)}`,
          },
          body: JSON.stringify(body),
        });
        expect({ ...target, permission, refused: status === 403 }).toEqual({
          ...target,
          permission,
          refused: verdict === 'deny',
        });
      });
  });

  it('are about oneself for everybody, and about others for whoever may see them', async () => {
    await expect(
      explain('farid', 'ana', 'delivery.rollout.create'),
    ).rejects.toMatchObject({ statusCode: 403 });
    await expect(
      explain('ana', 'ana', 'delivery.rollout.create'),
    ).resolves.toMatchObject({ verdict: 'conditional' });
  });

  it('stand beside the roles with their people, and the actions of the real plugins', async () => {
    const token = tokens.get('farid');
    const roles = await access.listRoles({ token });
    const peopleOf = (role: string) =>
      roles
        .find(({ name }) => name === role)
        ?.people.map(ref => ref.replace('user:default/', ''))
        .sort();
    expect(peopleOf('viewer')).toHaveLength(8);
    expect(peopleOf('developer')).toEqual([
      'ana',
      'ben',
      'chloe',
      'dmitri',
      'eva',
      'farid',
    ]);
    expect(peopleOf('release-manager')).toEqual(['eva', 'farid']);

    const actions = await access.listActions({ token });
    const plugins = new Set(actions.map(({ pluginId }) => pluginId));
    expect([...plugins]).toEqual(
      expect.arrayContaining([
        'catalog',
        'delivery',
        'kubernetes',
        'permission',
        'scaffolder',
      ]),
    );
  });
});
