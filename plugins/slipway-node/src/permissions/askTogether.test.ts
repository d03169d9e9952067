import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type BasicPermission,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  deploymentReadPermission,
  releaseReadPermission,
  rolloutControlPermission,
  rolloutCreatePermission,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import { askTogether } from './askTogether';

/** Allows reading rollouts and creating them, and keeps what it is asked. */
class Framework implements PermissionsService {
  readonly asked: string[][] = [];

  authorize: PermissionsService['authorize'] = async requests =>
    this.#answers(requests);

  authorizeConditional: PermissionsService['authorizeConditional'] =
    async requests => this.#answers(requests);

  #answers(
    requests: Array<{ permission: { name: string } }>,
  ): DefinitivePolicyDecision[] {
    const names = requests.map(({ permission }) => permission.name);
    this.asked.push(names);
    return names.map(name => ({
      result: /rollout\.(read|create)/.test(name)
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
    }));
  }
}

const ana = mockCredentials.user('user:default/ana');
const ben = mockCredentials.user('user:default/ben');

describe('questions to the permission framework', () => {
  it('go together when one request asks them at the same moment, each with its own answer', async () => {
    const framework = new Framework();
    const permissions = askTogether(framework);
    const may = async (permission: BasicPermission) =>
      (await permissions.authorize([{ permission }], { credentials: ana }))[0];
    const answers = await Promise.all([
      may(rolloutReadPermission),
      may(deploymentReadPermission),
      permissions.authorizeConditional(
        [
          { permission: rolloutControlPermission },
          { permission: rolloutCreatePermission },
        ],
        { credentials: ana },
      ),
      permissions.authorizeConditional(
        [{ permission: rolloutCreatePermission }],
        { credentials: ana },
      ),
    ]);
    expect(answers).toEqual([
      { result: 'ALLOW' },
      { result: 'DENY' },
      [{ result: 'DENY' }, { result: 'ALLOW' }],
      [{ result: 'ALLOW' }],
    ]);
    expect(framework.asked).toEqual([
      ['delivery.rollout.read', 'delivery.deployment.read'],
      [
        'delivery.rollout.control',
        'delivery.rollout.create',
        'delivery.rollout.create',
      ],
    ]);
  });

  it('are asked anew each time, and never with somebody else’s', async () => {
    const framework = new Framework();
    const permissions = askTogether(framework);
    const ask = (credentials: typeof ana) =>
      permissions.authorize([{ permission: releaseReadPermission }], {
        credentials,
      });
    await Promise.all([ask(ana), ask(ben)]);
    await ask(ana);
    expect(framework.asked).toEqual([
      ['delivery.release.read'],
      ['delivery.release.read'],
      ['delivery.release.read'],
    ]);
  });
});
