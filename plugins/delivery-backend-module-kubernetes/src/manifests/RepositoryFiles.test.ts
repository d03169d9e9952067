import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestRepositories, writeFiles } from '../__testUtils__/repository';
import { RepositoryFiles } from './RepositoryFiles';

// Enough for a machine that has other things to do as well.
jest.setTimeout(60_000);

const sha = 'a'.repeat(40);

/** A stand-in for the APIs of GitHub and GitLab, as far as a repository at a commit goes, asked by Backstage's own readers. */
async function hosts(): Promise<{ server: Server; asked: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  await writeFiles(folder, {
    'shop-web-aaaaaaa/deploy/a.yaml': 'a: 1\n',
    'shop-web-aaaaaaa/link.yaml': '→ /etc/passwd',
  });
  const { stdout } = await promisify(execFile)(
    'tar',
    ['-czf', '-', '-C', folder, 'shop-web-aaaaaaa'],
    { encoding: 'buffer' },
  );
  await rm(folder, { recursive: true });
  const asked: string[] = [];
  const server = createServer(({ headers, url = '' }, response) => {
    asked.push(`${headers.authorization} ${url}`);
    const { port } = server.address() as AddressInfo;
    if (url.startsWith(`/repos/shop/web/commits/${sha}/status`))
      response.end(
        JSON.stringify({
          sha,
          repository: {
            archive_url: `http://127.0.0.1:${port}/repos/shop/web/{archive_format}{/ref}`,
          },
        }),
      );
    else if (url === '/projects/shop%2Fteam%2Fweb') response.end('{}');
    else if (
      url === `/projects/shop%2Fteam%2Fweb/repository/commits?ref_name=${sha}`
    )
      response.end(JSON.stringify([{ id: sha }]));
    else if (
      url === `/repos/shop/web/tarball/${sha}` ||
      url === `/projects/shop%2Fteam%2Fweb/repository/archive?sha=${sha}`
    )
      response.end(stdout);
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, asked };
}

describe('the files of a repository at a commit', () => {
  let directory: string;
  let repositories: TestRepositories;
  let host: Awaited<ReturnType<typeof hosts>>;
  let files: RepositoryFiles;

  beforeAll(async () => {
    host = await hosts();
    repositories = await TestRepositories.create();
    const { port } = host.server.address() as AddressInfo;
    const config = new ConfigReader({
      integrations: {
        github: [
          {
            host: 'git.example.com',
            apiBaseUrl: `http://127.0.0.1:${port}`,
            token: 'secret-of-the-portal',
          },
        ],
        gitlab: [
          {
            host: 'gitlab.example.com',
            apiBaseUrl: `http://127.0.0.1:${port}`,
            baseUrl: 'https://gitlab.example.com',
            token: 'secret-of-the-portal',
          },
        ],
        gerrit: [
          {
            host: 'gerrit.example.com',
            gitilesBaseUrl: 'https://gerrit.example.com/gitiles',
          },
        ],
      },
    });
    files = new RepositoryFiles({
      integrations: ScmIntegrations.fromConfig(config),
      localRepositories: repositories.directory,
      urlReader: UrlReaders.default({
        config,
        logger: mockServices.logger.mock(),
      }),
    });
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  afterAll(async () => {
    await repositories.remove();
    await new Promise(resolve => {
      host.server.close(resolve);
    });
  });

  const checkOut = (repository: string, commit = sha) =>
    files.checkOut(
      { repository, commit },
      directory,
      AbortSignal.timeout(30_000),
    );
  const names = async () =>
    (await readdir(directory, { recursive: true })).sort();

  it.each([
    ['https://git.example.com/shop/web.git', `/repos/shop/web/tarball/${sha}`],
    [
      'https://gitlab.example.com/shop/team/web',
      `/projects/shop%2Fteam%2Fweb/repository/archive?sha=${sha}`,
    ],
  ])(
    'are read from %s, and no symbolic link is followed',
    async (repository, archive) => {
      await checkOut(repository);
      expect(await names()).toEqual(['deploy', 'deploy/a.yaml', 'link.yaml']);
      expect(await readFile(join(directory, 'link.yaml'), 'utf8')).toBe('');
      expect(await readFile(join(directory, 'deploy/a.yaml'), 'utf8')).toBe(
        'a: 1\n',
      );
      expect(host.asked.at(-1)).toBe(`Bearer secret-of-the-portal ${archive}`);
    },
  );

  it("are read from one of the portal's own, as they were at the commit", async () => {
    const first = await repositories.commit('shop', {
      'a.yaml': 'a: 1\n',
      'deploy/b.yaml': 'b: 1\n',
      'deploy/link.yaml': '→ /etc/passwd',
    });
    await repositories.commit('shop', { 'a.yaml': 'a: 2\n' });
    await checkOut('slipway-repository:shop', first);
    expect(await names()).toEqual(['a.yaml', 'deploy', 'deploy/b.yaml']);
    expect(await readFile(join(directory, 'a.yaml'), 'utf8')).toBe('a: 1\n');
  });

  it.each([
    [
      'slipway-repository:nothing',
      /^repository: the portal has no repository 'nothing'/,
    ],
    [
      'slipway-repository:shop',
      /^commit: there is no commit a{40} in .*'shop'/,
    ],
    [
      'https://elsewhere.example.org/a/b',
      /^repository: the portal has no integration for 'elsewhere\.example\.org'/,
    ],
    [
      'https://gerrit.example.com/a',
      /^repository: repositories of gerrit are not read/,
    ],
    [
      'https://git.example.com/shop/other',
      /^repository: there is no commit a{40} in/,
    ],
    [
      'https://gitlab.example.com/shop/other',
      /^repository: there is no commit a{40} in/,
    ],
  ])('are refused in words: %s', async (repository, words) => {
    const refused = checkOut(repository);
    await expect(refused).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(words),
    });
    await expect(refused).rejects.not.toThrow('secret-of-the-portal');
  });

  it('are refused when there are too many', async () => {
    const commit = await repositories.commit('large', {
      'large.bin': 'x'.repeat(21 * 1024 * 1024),
    });
    await expect(checkOut('slipway-repository:large', commit)).rejects.toThrow(
      'it has more than 5000 files or 20 MB',
    );
  });
});
