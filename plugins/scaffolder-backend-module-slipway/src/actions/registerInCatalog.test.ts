import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { startPortal } from '../__testUtils__/startPortal';
import { taskLog } from '../__testUtils__/taskLog';
import { LocalRepositories } from '../repositories/LocalRepositories';
import { createRegisterInCatalogAction } from './registerInCatalog';

jest.setTimeout(60_000);

describe('slipway:catalog:register', () => {
  const mock = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeAll(async () => {
    portal = await startPortal(mock);
  });
  afterAll(() => portal?.backend.stop());

  async function commit(
    repository: string,
    entity: { name: string; description?: string; kind?: string },
  ) {
    const { name, description = 'x', kind = 'Component' } = entity;
    mock.addContent({
      [`${repository}/catalog-info.yaml`]: JSON.stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name, description },
        spec: { type: 'service', lifecycle: 'experimental', owner: 'x' },
      }),
    });
    const repositories = new LocalRepositories(mock.resolve('repositories'));
    await repositories.commit({
      name: repository,
      branch: 'main',
      sourceDirectory: mock.resolve(repository),
      message: 'Change',
      author: { name: 'Ada', email: 'ada@example.com' },
      parent: await repositories.head(repository),
      now: Date.now(),
    });
  }

  async function register(repository: string, isDryRun = false) {
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    await createRegisterInCatalogAction({ catalog: portal.catalog }).handler({
      ...createMockActionContext({ logger, input: { repository } }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { outputs, lines };
  }

  const find = (ref: string) =>
    portal.catalog.getEntityByRef(ref, { credentials: mockCredentials.user() });

  it('puts the component into the catalog before it ends', async () => {
    await commit('checkout', { name: 'checkout', description: 'first' });
    const { outputs } = await register('checkout');
    expect(outputs).toEqual({ entityRef: 'component:default/checkout' });
    const entity = await find('component:default/checkout');
    expect(entity?.metadata.description).toBe('first');
  });

  it('has one that is registered already read again', async () => {
    await commit('checkout', { name: 'checkout', description: 'second' });
    const { lines } = await register('checkout');
    expect(lines[0]).toContain('registered already');
    await portal.until(async () => {
      const entity = await find('component:default/checkout');
      return entity?.metadata.description === 'second' || undefined;
    });
  });

  it('says that the name is taken, which the catalog would not', async () => {
    await commit('pirate', { name: 'checkout' });
    await expect(register('pirate')).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('from slipway-repository:checkout'),
    });
  });

  it('says at once what is wrong with a repository', async () => {
    await expect(register('nothing')).rejects.toThrow(
      /no catalog-info\.yaml on the default branch of the local repository 'nothing'/,
    );
    await commit('admin', { name: 'admins', kind: 'Group' });
    await expect(register('admin')).rejects.toThrow(
      'is not of an allowed kind',
    );
    await expect(register('../../etc')).rejects.toThrow(
      'is not the name of a local repository',
    );
  });

  it('registers nothing in a dry run', async () => {
    await commit('shy', { name: 'shy' });
    await register('shy', true);
    expect(await find('component:default/shy')).toBeUndefined();
  });
});
