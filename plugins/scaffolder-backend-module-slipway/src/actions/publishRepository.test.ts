import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { existsSync } from 'node:fs';
import { CommitArchives } from '../repositories/CommitArchives';
import { LocalRepositories } from '../repositories/LocalRepositories';
import { RepositoryAccess } from '../repositories/RepositoryAccess';
import { createPublishRepositoryAction } from './publishRepository';

const catalogInfo = (name: string, owner = 'group:default/payments') =>
  `kind: Component\nmetadata: { name: ${name} }\nspec: { owner: '${owner}' }\n`;

describe('slipway:repo:publish', () => {
  const mock = createMockDirectory();
  const repositories = new LocalRepositories(mock.resolve('repositories'));
  const archives = new CommitArchives(mock.resolve('archives'), repositories);

  beforeEach(() => {
    mock.setContent({
      workspace: { 'catalog-info.yaml': catalogInfo('checkout'), 'a.txt': '1' },
    });
  });

  async function publish(options: {
    input?: Partial<{
      name: string;
      sourcePath: string;
      onExisting: 'update' | 'fail';
    }>;
    isDryRun?: boolean;
    owns?: string[];
    maintainers?: string[];
    entities?: Entity[];
  }) {
    const action = createPublishRepositoryAction({
      repositories,
      archives,
      access: new RepositoryAccess({
        auth: mockServices.auth(),
        userInfo: mockServices.userInfo({
          ownershipEntityRefs: options.owns ?? ['group:default/payments'],
        }),
        maintainers: options.maintainers ?? [],
      }),
      catalog: catalogServiceMock({ entities: options.entities }),
    });
    const outputs: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext({
        workspacePath: mock.resolve('workspace'),
        input: { name: 'checkout', ...options.input },
        user: { ref: 'user:default/ada' },
      }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      isDryRun: options.isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return outputs;
  }

  it('makes a repository and an archive of the workspace', async () => {
    const outputs = await publish({});
    expect(outputs).toEqual({
      repositoryPath: mock.resolve('repositories/checkout.git'),
      remoteUrl: `file://${mock.resolve('repositories/checkout.git')}`,
      defaultBranch: 'main',
      componentRef: 'component:default/checkout',
      commitSha: await repositories.head('checkout'),
      created: true,
      artifactPath: expect.stringMatching(/checkout\/[0-9a-f]{40}\.tgz$/),
      artifactDigest: expect.stringMatching(/^sha256:/),
    });
  });

  it('makes nothing twice of the same content', async () => {
    const first = await publish({ input: { onExisting: 'fail' } });
    expect(await publish({ input: { onExisting: 'fail' } })).toEqual({
      ...first,
      created: false,
    });
  });

  it('changes an existing repository for owners and maintainers only', async () => {
    const first = await publish({});
    mock.addContent({ 'workspace/a.txt': '2' });
    await expect(publish({ owns: ['user:default/eve'] })).rejects.toThrow(
      'Only group:default/payments, which owns component:default/checkout, may change',
    );
    expect(await repositories.head('checkout')).toBe(first.commitSha);

    const changed = await publish({
      owns: ['group:default/platform'],
      maintainers: ['group:default/platform'],
    });
    expect(changed.commitSha).not.toBe(first.commitSha);
  });

  it('goes by who owns it now, not by who says so', async () => {
    await publish({});
    mock.addContent({
      'workspace/catalog-info.yaml': catalogInfo(
        'checkout',
        'user:default/eve',
      ),
    });
    await expect(publish({ owns: ['user:default/eve'] })).rejects.toMatchObject(
      { name: 'NotAllowedError' },
    );
  });

  it('refuses the repository of another component', async () => {
    await publish({});
    mock.addContent({ 'workspace/catalog-info.yaml': catalogInfo('other') });
    await expect(publish({})).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('that of component:default/checkout'),
    });
  });

  it('refuses the name of a component that comes from elsewhere', async () => {
    const elsewhere: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'checkout',
        namespace: 'default',
        annotations: {
          'backstage.io/managed-by-location': 'url:https://example.com/x.yaml',
        },
      },
    };
    await expect(publish({ entities: [elsewhere] })).rejects.toThrow(
      'from url:https://example.com/x.yaml',
    );
    expect(existsSync(mock.resolve('repositories'))).toBe(false);
  });

  it('needs a catalog-info.yaml, and stays in the workspace', async () => {
    mock.setContent({ workspace: { 'a.txt': '1' } });
    await expect(publish({})).rejects.toThrow('no catalog-info.yaml');
    await expect(
      publish({ input: { sourcePath: '../..' } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('changes nothing in a dry run, but says what is wrong', async () => {
    const outputs = await publish({ isDryRun: true });
    expect(outputs).toMatchObject({ created: false });
    expect(existsSync(mock.resolve('repositories'))).toBe(false);
    expect(existsSync(mock.resolve('archives'))).toBe(false);

    await publish({});
    await expect(
      publish({ isDryRun: true, owns: ['user:default/eve'] }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
