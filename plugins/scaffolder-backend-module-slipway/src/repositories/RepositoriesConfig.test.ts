import { mockServices } from '@backstage/backend-test-utils';
import { targetPaths } from '@backstage/cli-common';
import path from 'node:path';
import { readRepositoriesConfig } from './RepositoriesConfig';

const read = (repositories?: {
  directory?: string;
  artifactsDirectory?: string;
  maintainers?: string[];
}) =>
  readRepositoriesConfig(
    mockServices.rootConfig({
      data: { slipway: repositories ? { repositories } : {} },
    }),
  );

describe('readRepositoriesConfig', () => {
  it('has folders at the root of the monorepo, wherever the backend was started', () => {
    const { directory, artifactsDirectory, maintainers } = read();
    expect(directory).toBe(path.join(targetPaths.rootDir, 'data/repositories'));
    expect(artifactsDirectory).toBe(
      path.join(targetPaths.rootDir, 'data/artifacts'),
    );
    expect(maintainers).toEqual([]);
  });

  it('takes absolute folders as they are', () => {
    expect(read({ directory: '/srv/git' }).directory).toBe('/srv/git');
  });

  it('takes a maintainer without a kind for a group', () => {
    expect(read({ maintainers: ['platform', 'user:ada'] }).maintainers).toEqual(
      ['group:default/platform', 'user:default/ada'],
    );
  });
});
