import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { LocalRepositories } from './LocalRepositories';

const author = { name: 'Ada', email: 'ada@example.com' };
const now = Date.parse('2026-01-02T03:04:05Z');

describe('LocalRepositories', () => {
  const mock = createMockDirectory();
  const repositories = new LocalRepositories(mock.resolve('repositories'));
  const source = () => mock.resolve('source');

  beforeEach(() => {
    mock.setContent({
      source: { 'a.txt': 'one', sub: { 'b.txt': 'two' }, empty: {} },
    });
  });

  async function commit(
    overrides: Partial<Parameters<LocalRepositories['commit']>[0]> = {},
  ) {
    return repositories.commit({
      name: 'checkout',
      branch: 'main',
      sourceDirectory: source(),
      message: 'First',
      author,
      parent: await repositories.head('checkout'),
      now,
      ...overrides,
    });
  }

  it('has no head before the first commit', async () => {
    expect(await repositories.head('checkout')).toBeUndefined();
  });

  it('commits, and reads back what it committed', async () => {
    const { commitSha, created } = await commit();
    expect(created).toBe(true);
    expect(await repositories.head('checkout')).toBe(commitSha);
    expect(
      await repositories.readFile('checkout', commitSha, 'sub/b.txt'),
    ).toBe('two');
    expect(
      await repositories.readFile('checkout', commitSha, 'none'),
    ).toBeUndefined();
  });

  it('reuses the commit when nothing has changed', async () => {
    const first = await commit();
    const again = await commit({ message: 'Again', now: now + 1000 });
    expect(again).toEqual({ commitSha: first.commitSha, created: false });
  });

  it('puts new content on top', async () => {
    const first = await commit();
    mock.addContent({ 'source/a.txt': 'changed' });
    const second = await commit({ message: 'Second' });
    expect(second.created).toBe(true);
    expect(second.commitSha).not.toBe(first.commitSha);
    expect(
      await repositories.readFile('checkout', second.commitSha, 'a.txt'),
    ).toBe('changed');
  });

  it('refuses other content when only new is wanted, and takes the same', async () => {
    const first = await commit({ onlyNew: true });
    expect(await commit({ onlyNew: true })).toEqual({
      commitSha: first.commitSha,
      created: false,
    });
    mock.addContent({ 'source/a.txt': 'changed' });
    await expect(commit({ onlyNew: true })).rejects.toThrow(
      'Choose another name',
    );
  });

  it('refuses a change made on a commit that is not the newest any more', async () => {
    const { commitSha } = await commit();
    mock.addContent({ 'source/a.txt': 'theirs' });
    await commit();
    mock.addContent({ 'source/a.txt': 'mine' });
    await expect(commit({ parent: commitSha })).rejects.toThrow(
      'another commit in the meantime',
    );
  });

  it('lets exactly one of two writers win', async () => {
    const { commitSha: parent } = await commit();
    mock.addContent({ one: { f: '1' }, two: { f: '2' } });
    const results = await Promise.allSettled(
      ['one', 'two'].map(name =>
        commit({ parent, sourceDirectory: mock.resolve(name) }),
      ),
    );
    const won = results.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'ConflictError' },
    });
  });

  it('keeps executables and links, and refuses links that lead out', async () => {
    mock.setContent({
      source: { run: ctx => ctx.symlink('./a.txt'), 'a.txt': 'one' },
    });
    execFileSync('chmod', ['755', mock.resolve('source/a.txt')]);
    const { commitSha } = await commit();
    await repositories.checkout('checkout', commitSha, mock.resolve('out'));
    expect(lstatSync(mock.resolve('out/run')).isSymbolicLink()).toBe(true);
    expect(lstatSync(mock.resolve('out/a.txt')).mode & 0o777).toBe(0o755);

    mock.addContent({ 'source/bad': ctx => ctx.symlink('../outside') });
    await expect(commit()).rejects.toThrow('leads out of the source directory');
  });

  it.each(['../evil', 'Upper', 'a/b', '', '-a', 'a-', 'a'.repeat(64), '.git'])(
    'refuses the name %p',
    name => {
      expect(() => repositories.gitdir(name)).toThrow('repository');
    },
  );

  it.each(['../x', 'a/b', '', 'a..b', 'x.lock'])(
    'refuses the branch %p',
    async branch => {
      await expect(commit({ branch })).rejects.toThrow('branch');
    },
  );

  it('refuses to publish nothing', async () => {
    mock.setContent({ source: { '.git': { config: '' }, empty: {} } });
    await expect(commit()).rejects.toThrow('nothing to publish');
  });

  it('makes what git itself takes for a sound repository, and can push to', async () => {
    if (spawnSync('git', ['--version']).status !== 0) {
      process.stderr.write('SKIPPED: there is no git on this machine\n');
      return;
    }
    const { commitSha } = await commit({ description: 'Sells things' });
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
    const gitdir = repositories.gitdir('checkout');
    git(gitdir, 'fsck', '--strict');
    git(mock.path, 'clone', '-q', repositories.remoteUrl('checkout'), 'clone');
    expect(readFileSync(mock.resolve('clone/sub/b.txt'), 'utf8')).toBe('two');
    expect(git(gitdir, 'log', '-1', '--format=%H %an <%ae> %ct %s')).toBe(
      `${commitSha} Ada <ada@example.com> ${now / 1000} First\n`,
    );

    mock.addContent({ 'clone/a.txt': 'pushed' });
    const clone = mock.resolve('clone');
    const who = ['-c', 'user.name=Bo', '-c', 'user.email=bo@example.com'];
    git(clone, ...who, 'commit', '-qam', 'By hand');
    git(clone, 'push', '-q', 'origin', 'main');
    const head = await repositories.head('checkout');
    expect(head).toBe(git(clone, 'rev-parse', 'HEAD').trim());
    expect(await repositories.readFile('checkout', head!, 'a.txt')).toBe(
      'pushed',
    );
  });
});
