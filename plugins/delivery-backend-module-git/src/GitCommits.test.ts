import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { JsonObject } from '@backstage/types';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitHost, type Repository } from './__testUtils__/GitHost';
import { GitCommits } from './GitCommits';
import { Histories } from './Histories';

jest.setTimeout(60_000);

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const signal = new AbortController().signal;

describe('GitCommits', () => {
  let host: GitHost;
  const directory = mkdtempSync(join(tmpdir(), 'slipway-git-test-'));

  beforeAll(async () => {
    host = await GitHost.start();
  });
  afterEach(() => {
    host.credentials = undefined;
    host.redirectsTo = undefined;
  });
  afterAll(async () => {
    await host.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  function commitsWith(
    gitea: JsonObject = {},
    { limit = 50, at = directory, trusts = true } = {},
  ) {
    return new GitCommits({
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: { gitea: [{ host: host.host, ...gitea }] },
        }),
      ),
      histories: new Histories({
        directory: at,
        limit,
        config: trusts ? [['http.sslCAInfo', host.certificate]] : [],
      }),
      localRepositories: join(host.directory, 'shop'),
    });
  }

  const between = (
    commits: GitCommits,
    repository: Repository,
    from: string,
    to: string,
    limit = 50,
  ) =>
    commits.between(
      {
        location: { type: 'url', target: `${repository.url}/src/branch/main/` },
        from,
        to,
      },
      { limit, signal },
    );

  it('lists what comes and what goes, newest first, with a page about each', async () => {
    const repository = host.repository('checkout');
    const one = repository.commit('One');
    const two = repository.commit('Two: `x` \u202Ereversed\n\nA long story.');
    const three = repository.commit('Three');
    const forth = await between(commitsWith(), repository, one, three);
    expect(forth).toEqual({
      added: {
        total: 2,
        items: [
          {
            sha: three,
            title: 'Three',
            authorName: 'Ada Lovelace',
            at: expect.stringMatching(/^\d{4}-.*Z$/),
            url: `${repository.url}/commit/${three}`,
          },
          expect.objectContaining({ sha: two, title: 'Two: `x`  reversed' }),
        ],
      },
      removed: { total: 0, items: [] },
    });
    const back = await between(commitsWith(), repository, three, one);
    expect(back).toEqual({ added: forth.removed, removed: forth.added });
  });

  it('knows both sides of branches that have parted, and counts what it leaves out', async () => {
    const repository = host.repository('parted');
    const start = repository.commit('Start');
    const mine = repository.commit('Mine');
    const branch = { branch: 'hotfix', after: start };
    repository.commit('Fix 1', branch);
    const fix = repository.commit('Fix 2', { branch: 'hotfix' });
    const range = await between(commitsWith(), repository, mine, fix, 1);
    expect(range).toMatchObject({
      added: { total: 2, items: [{ title: 'Fix 2' }] },
      removed: { total: 1, items: [{ title: 'Mine' }] },
    });
    expect(range.added.items).toHaveLength(1);
  });

  it('takes shortened names, and fetches again only for what it has not', async () => {
    const repository = host.repository('short');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    const commits = commitsWith();
    const short = (sha: string) => sha.slice(0, 8);
    const before = host.fetches;
    await between(commits, repository, short(one), short(two));
    const after = host.fetches;
    expect(after).toBeGreaterThan(before);
    await between(commits, repository, one, two);
    expect(host.fetches).toBe(after);
    const three = repository.commit('Three');
    const range = await between(commits, repository, two, three);
    expect(range.added.items.map(({ title }) => title)).toEqual(['Three']);
    expect(host.fetches).toBeGreaterThan(after);
  });

  it('keeps commits only, neither trees nor files', async () => {
    const repository = host.repository('slim');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    const at = mkdtempSync(join(directory, 'slim-'));
    await between(commitsWith({}, { at }), repository, one, two);
    const [kept] = readdirSync(at);
    const objects = execFileSync(
      'git',
      [
        `--git-dir=${join(at, kept)}`,
        'cat-file',
        '--batch-all-objects',
        '--batch-check=%(objecttype)',
      ],
      { encoding: 'utf8' },
    );
    expect(objects).toBe('commit\ncommit\n');
  });

  it('shows itself to a private host with the credentials of the integration, and keeps them nowhere', async () => {
    const repository = host.repository('private');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    host.credentials = basic('slipway', 's3cret-token');
    const at = mkdtempSync(join(directory, 'private-'));
    const range = await between(
      commitsWith({ username: 'slipway', password: 's3cret-token' }, { at }),
      repository,
      one,
      two,
    );
    expect(range.added.total).toBe(1);
    const [kept] = readdirSync(at);
    const written = readFileSync(join(at, kept, 'config'), 'utf8');
    expect(written).toContain(host.host);
    expect(written).not.toMatch(/s3cret|Authorization/i);
    expect(written).not.toContain(host.credentials.slice(6));
  });

  it('says that the credentials do not do, without telling them', async () => {
    const repository = host.repository('closed');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    host.credentials = basic('slipway', 'another');
    const refused = between(
      commitsWith({ username: 'slipway', password: 's3cret-token' }),
      repository,
      one,
      two,
    );
    await expect(refused).rejects.toThrow(
      'The credentials of its integration do not let the portal read it',
    );
  });

  it('does not follow to another host, and trusts nobody whom the backend does not', async () => {
    const repository = host.repository('moved');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    host.redirectsTo = 'https://elsewhere.example';
    await expect(between(commitsWith(), repository, one, two)).rejects.toThrow(
      /redirect|301/i,
    );
    host.redirectsTo = undefined;
    await expect(
      between(commitsWith({}, { trusts: false }), repository, one, two),
    ).rejects.toThrow(/certificate/i);
  });

  it('says which commit is not there', async () => {
    const repository = host.repository('incomplete');
    const one = repository.commit('One');
    const nowhere = 'deadbeef'.repeat(5);
    await expect(
      between(commitsWith(), repository, one, nowhere),
    ).rejects.toThrow(`${repository.url} has no commit ${nowhere}`);
    await expect(
      between(commitsWith(), repository, one, '--upload-pack=touch /tmp/x'),
    ).rejects.toThrow('7 to 64 hexadecimal digits');
  });

  it.each([
    'https://elsewhere.example/shop/checkout/',
    'file:///etc/passwd',
    'ext::sh -c touch% /tmp/x',
    '--upload-pack=x',
  ])('asks no host that is not among the integrations: %s', async target => {
    const asked = commitsWith().between(
      { location: { type: 'url', target }, from: 'aaaaaaa', to: 'bbbbbbb' },
      { limit: 1, signal },
    );
    await expect(asked).rejects.toThrow(/integrations|no repository/);
  });

  it('reads several at once, of one history and of others, and lets go of those not used the longest', async () => {
    const at = mkdtempSync(join(directory, 'many-'));
    const commits = commitsWith({}, { at, limit: 2 });
    const repositories = ['a', 'b', 'c', 'd'].map(name =>
      host.repository(`many-${name}`),
    );
    const ranges = await Promise.all(
      repositories.flatMap(repository => {
        const one = repository.commit('One');
        const two = repository.commit('Two');
        return [1, 2, 3].map(() => between(commits, repository, one, two));
      }),
    );
    expect(ranges.map(({ added }) => added.total)).toEqual(
      Array.from({ length: 12 }, () => 1),
    );
    const last = repositories[3];
    await between(
      commits,
      last,
      `${last.git('rev-parse', 'main~1')}`,
      `${last.head('main')}`,
    );
    while (readdirSync(at).length > 2)
      await new Promise(resolve => setImmediate(resolve));
  });

  it('reads the portal’s own repositories where they are', async () => {
    const repository = host.repository('own');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    const fetches = host.fetches;
    const local = (target: string) =>
      commitsWith().between(
        {
          location: { type: 'slipway-repository', target },
          from: one,
          to: two,
        },
        { limit: 5, signal },
      );
    expect((await local('own')).added.items).toEqual([
      expect.not.objectContaining({ url: expect.anything() }),
    ]);
    expect(host.fetches).toBe(fetches);
    await expect(local('nothing')).rejects.toThrow(
      "There is no local repository 'nothing'",
    );
    await expect(local('../../etc')).rejects.toThrow();
  });

  it('begins anew where somebody has taken its directory away', async () => {
    const repository = host.repository('swept');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    const at = mkdtempSync(join(directory, 'swept-'));
    const commits = commitsWith({}, { at });
    await between(commits, repository, one, two);
    rmSync(at, { recursive: true });
    await expect(between(commits, repository, one, two)).rejects.toThrow();
    const range = await between(commits, repository, one, two);
    expect(range.added.total).toBe(1);
  });

  it('stops when nobody waits any more', async () => {
    const repository = host.repository('stopped');
    const one = repository.commit('One');
    const two = repository.commit('Two');
    const asked = commitsWith().between(
      { location: { type: 'url', target: repository.url }, from: one, to: two },
      { limit: 5, signal: AbortSignal.abort() },
    );
    await expect(asked).rejects.toThrow(/abort/i);
  });
});
