import { createMockDirectory } from '@backstage/backend-test-utils';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extract } from 'tar';
import { CommitArchives } from './CommitArchives';
import { LocalRepositories } from './LocalRepositories';

describe('CommitArchives', () => {
  const mock = createMockDirectory();
  const repositories = new LocalRepositories(mock.resolve('repositories'));

  async function commit() {
    mock.setContent({
      source: {
        'package.json': '{}',
        src: { 'main.js': '1' },
        '@odd.txt': 'x',
      },
    });
    const { commitSha } = await repositories.commit({
      name: 'checkout',
      branch: 'main',
      sourceDirectory: mock.resolve('source'),
      message: 'First',
      author: { name: 'Ada', email: 'ada@example.com' },
      parent: undefined,
      now: Date.parse('2026-01-02T03:04:05Z'),
    });
    return commitSha;
  }

  it('holds the files of the commit', async () => {
    const commitSha = await commit();
    const archives = new CommitArchives(mock.resolve('archives'), repositories);
    const archive = await archives.write('checkout', commitSha);

    expect(archive.path).toBe(
      mock.resolve(`archives/checkout/${commitSha}.tgz`),
    );
    const sha256 = createHash('sha256').update(readFileSync(archive.path));
    expect(archive.digest).toBe(`sha256:${sha256.digest('hex')}`);
    mkdirSync(mock.resolve('out'));
    await extract({ file: archive.path, cwd: mock.resolve('out') });
    expect(mock.content({ path: 'out' })).toEqual({
      'package.json': '{}',
      src: { 'main.js': '1' },
      '@odd.txt': 'x',
    });
  });

  it('is the same to the byte whenever it is made', async () => {
    const commitSha = await commit();
    const digests = await Promise.all(
      ['one', 'two'].map(async directory => {
        const archives = new CommitArchives(
          mock.resolve(directory),
          repositories,
        );
        return (await archives.write('checkout', commitSha)).digest;
      }),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  it('is made once, and leaves nothing behind', async () => {
    const commitSha = await commit();
    const archives = new CommitArchives(mock.resolve('archives'), repositories);
    const first = await archives.write('checkout', commitSha);
    const { mtimeMs } = statSync(first.path);
    expect(await archives.write('checkout', commitSha)).toEqual(first);
    expect(statSync(first.path).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(mock.resolve('archives/checkout'))).toEqual([
      `${commitSha}.tgz`,
    ]);
  });
});
