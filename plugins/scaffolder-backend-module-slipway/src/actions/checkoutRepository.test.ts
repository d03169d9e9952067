import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { LocalRepositories } from '../repositories/LocalRepositories';
import { createCheckoutRepositoryAction } from './checkoutRepository';

describe('slipway:repo:checkout', () => {
  const mock = createMockDirectory();
  const repositories = new LocalRepositories(mock.resolve('repositories'));
  const run = (input: { name: string; targetPath?: string }) =>
    createCheckoutRepositoryAction({ repositories }).handler(
      createMockActionContext({
        workspacePath: mock.resolve('workspace'),
        input,
      }),
    );

  it('puts the newest files into the workspace', async () => {
    mock.setContent({
      source: { 'a.txt': 'new' },
      workspace: { 'a.txt': 'old', 'b.txt': 'kept' },
    });
    await repositories.commit({
      name: 'checkout',
      branch: 'main',
      sourceDirectory: mock.resolve('source'),
      message: 'First',
      author: { name: 'Ada', email: 'ada@example.com' },
      parent: undefined,
      now: 0,
    });
    await run({ name: 'checkout' });
    await run({ name: 'checkout', targetPath: './sub' });
    expect(mock.content({ path: 'workspace' })).toEqual({
      'a.txt': 'new',
      'b.txt': 'kept',
      sub: { 'a.txt': 'new' },
    });
  });

  it('says that there is no such repository', async () => {
    await expect(run({ name: 'nothing' })).rejects.toThrow(
      "no local repository 'nothing'",
    );
  });
});
