import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { commit, init, writeBlob, writeTree } from 'isomorphic-git';
import fs from 'node:fs';
import { catalogModuleSlipwayRepositories } from './module';

jest.setTimeout(60_000);

describe('the catalog with local repositories', () => {
  const mock = createMockDirectory();
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: { slipway: { repositories: { directory: mock.path } } },
        }),
        catalogPlugin,
        catalogModuleSlipwayRepositories,
      ],
    });
  });
  afterAll(() => backend?.stop());

  const call = (path: string, body?: object) =>
    fetch(`http://localhost:${backend.server.port()}/api/catalog${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header(),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });

  async function makeRepository(name: string, catalogInfo: object) {
    const gitdir = mock.resolve(`${name}.git`);
    await init({ fs, gitdir, bare: true, defaultBranch: 'trunk' });
    const blob = Buffer.from(JSON.stringify(catalogInfo));
    const oid = await writeBlob({ fs, gitdir, blob });
    const entry = { mode: '100644', path: 'catalog-info.yaml', oid } as const;
    const tree = await writeTree({
      fs,
      gitdir,
      tree: [{ ...entry, type: 'blob' }],
    });
    const author = { name: 'Ada', email: 'ada@example.com' };
    await commit({
      fs,
      gitdir,
      tree,
      author,
      message: 'First',
      ref: 'refs/heads/trunk',
    });
  }

  const component = (name: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'experimental', owner: 'x' },
  });

  it('reads the component at the head of the default branch, whatever that is called', async () => {
    await makeRepository('checkout', component('checkout'));
    const registered = await call('/locations', {
      type: 'slipway-repository',
      target: 'checkout',
    });
    expect(registered.status).toBe(201);
    let entity: Entity | undefined;
    for (let tries = 0; !entity && tries < 100; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 200));
      const response = await call(
        '/entities/by-name/component/default/checkout',
      );
      if (response.ok) entity = await response.json();
    }
    expect(entity?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': 'slipway-repository:checkout',
    });
  });

  it.each([
    ['nothing', /no catalog-info\.yaml on the default branch/],
    ['../checkout', /not the name of a local repository/],
    ['checkout.git', /not the name of a local repository/],
    ['/etc/passwd', /not the name of a local repository/],
  ])('refuses %s', async (target, reason) => {
    const answer = await call('/locations?dryRun=true', {
      type: 'slipway-repository',
      target,
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(reason);
  });

  it('still reads no other files of this machine', async () => {
    const answer = await call('/locations', {
      type: 'file',
      target: mock.resolve('x.yaml'),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('allowed type');
  });
});
