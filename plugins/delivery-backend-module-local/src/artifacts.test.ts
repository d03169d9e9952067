import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Header } from 'tar';
import {
  context,
  target,
  TestLocalRuntime,
} from './__testUtils__/localRuntime';
import { startPackageRegistry } from './__testUtils__/packageRegistry';

jest.setTimeout(60_000);

const { signal } = context;

let local: TestLocalRuntime;
let runtime: ReturnType<TestLocalRuntime['connect']>['runtime'];

beforeEach(() => {
  local = new TestLocalRuntime();
  ({ runtime } = local.connect());
});

afterEach(async () => {
  await local.destroy();
});

/** What lies in the artifact store. */
function stored(): string[] {
  const store = join(local.settings.agent.dataDirectory, 'artifacts');
  return existsSync(store) ? readdirSync(store) : [];
}

function releaseOf(artifact: DesiredRelease['artifact']): DesiredRelease {
  return {
    releaseId: 'one',
    version: '1',
    artifact,
    environmentVariables: {},
    health: {},
  };
}

/** An archive of entries as they stand, which no tar program would write. */
function archive(
  name: string,
  entries: Array<{
    path: string;
    type?:
      | 'File'
      | 'Link'
      | 'SymbolicLink'
      | 'CharacterDevice'
      | 'FIFO'
      | 'Directory';
    linkpath?: string;
    content?: string;
    size?: number;
    mode?: number;
  }>,
): string {
  const blocks = entries.flatMap(
    ({ path, type = 'File', linkpath, content = '', size, mode = 0o644 }) => {
      const header = Buffer.alloc(512);
      const data = Buffer.from(content);
      new Header({
        path,
        type,
        linkpath,
        mode,
        size: size ?? data.length,
        mtime: new Date(0),
      }).encode(header);
      return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
    },
  );
  const file = join(local.root, name);
  writeFileSync(file, gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
  return file;
}

describe('a tar archive', () => {
  const refused = async (path: string) => {
    const refusal = local.sources.tarball.resolve({ path }, { signal });
    await expect(refusal).rejects.toMatchObject({ name: 'InputError' });
    return refusal.catch(error => String(error.message));
  };

  it.each([
    ['goes up', { path: '../evil' }, "'../evil' leads out"],
    ['goes up later', { path: 'a/../../evil' }, 'leads out'],
    ['is absolute', { path: '/etc/evil' }, "'/etc/evil' leads out"],
    [
      'is a link to outside',
      { path: 'a', type: 'SymbolicLink', linkpath: '/etc' },
      'links are refused',
    ],
    [
      'is a hard link',
      { path: 'a', type: 'Link', linkpath: '/etc/passwd' },
      'links are refused',
    ],
    [
      'is a device',
      { path: 'a', type: 'CharacterDevice' },
      'only files and folders',
    ],
    ['is a pipe', { path: 'a', type: 'FIFO' }, 'only files and folders'],
    ['says to be huge', { path: 'a', size: 5 * 2 ** 30 }, '16 MiB'],
  ] as const)('with an entry that %s is refused', async (_, entry, reason) => {
    const file = archive('bad.tgz', [
      { path: 'server.js', content: '1' },
      entry,
    ]);
    expect(await refused(file)).toContain(reason);
    expect(stored()).toEqual([]);
  });

  it('that unpacks to too many files or too many bytes is refused before it is unpacked', async () => {
    const many = archive(
      'many.tgz',
      Array.from({ length: 501 }, (_, i) => ({ path: `f${i}` })),
    );
    expect(await refused(many)).toContain('500 files');
    // Little on the disk, much when it is unpacked.
    const block = randomBytes(512).toString('hex');
    const bomb = archive(
      'bomb.tgz',
      ['a', 'b', 'c', 'd', 'e'].map(path => ({
        path,
        content: block.repeat(2 ** 12),
      })),
    );
    expect(statSync(bomb).size).toBeLessThan(2 ** 18);
    expect(await refused(bomb)).toContain('16 MiB');
    expect(stored()).toEqual([]);
  });

  it('that is none, is cut off, empty, or not there is refused', async () => {
    writeFileSync(join(local.root, 'text.tgz'), 'hello '.repeat(200));
    expect(await refused('text.tgz')).toContain('not a readable tar archive');
    expect(
      await refused(
        archive('cut.tgz', [{ path: 'a', size: 5000, content: 'x' }]),
      ),
    ).toContain('not a readable tar archive');
    expect(await refused(archive('none.tgz', []))).toContain(
      'not a readable tar archive',
    );
    writeFileSync(join(local.root, 'empty.tgz'), '');
    expect(await refused('empty.tgz')).toContain('not a readable tar archive');
    expect(await refused('nothing.tgz')).toContain(
      "path 'nothing.tgz' is not there",
    );
    mkdirSync(join(local.root, 'folder'));
    expect(await refused('folder')).toContain('is not a file');
  });

  it('gives nobody special permissions', async () => {
    const file = archive('setuid.tgz', [
      { path: 'package.json', content: '{"main":"run"}' },
      { path: 'run', content: '1', mode: 0o4755 },
    ]);
    const artifact = await local.sources.tarball.resolve(
      { path: file },
      { signal },
    );
    await runtime.prepare(target, releaseOf(artifact), context);
    const [folder] = stored();
    const run = statSync(
      join(local.settings.agent.dataDirectory, 'artifacts', folder, 'run'),
    );
    expect((run.mode & 0o7777).toString(8)).toBe('755');
  });

  it('that has changed since, or has another digest than expected, is refused and leaves nothing', async () => {
    const file = archive('server.tgz', [{ path: 'server.js', content: '1' }]);
    await expect(
      local.sources.tarball.resolve(
        { path: file },
        { signal, expectedDigest: 'sha256:0' },
      ),
    ).rejects.toThrow(/has the digest sha256:[0-9a-f]{64}, not sha256:0/);
    const artifact = await local.sources.tarball.resolve(
      { path: file, command: ['node', 'server.js'] },
      { signal },
    );
    archive('server.tgz', [{ path: 'server.js', content: '2' }]);
    await expect(
      runtime.prepare(target, releaseOf(artifact), context),
    ).rejects.toThrow('make a new release');
    expect(stored()).toEqual([]);
  });
});

describe('what an artifact depends on', () => {
  const lockfile = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'server', version: '1.0.0' },
      'node_modules/express': { version: '5.0.0' },
      'node_modules/express/node_modules/@scope/tool': { version: '2.0.0' },
      'node_modules/tester': { version: '9.0.0', dev: true },
      'node_modules/own': { resolved: 'packages/own', link: true },
      'packages/own': { version: '1.0.0' },
      'node_modules/other-name': { name: 'real-name', version: '3.0.0' },
    },
  });
  const manifest = JSON.stringify({
    dependencies: { express: '^5.0.0' },
    devDependencies: { tester: '*' },
  });
  const locked = {
    source: 'lockfile',
    items: [
      { name: 'express', version: '5.0.0', type: 'npm' },
      { name: '@scope/tool', version: '2.0.0', type: 'npm' },
      { name: 'real-name', version: '3.0.0', type: 'npm' },
    ],
  };
  const asked = {
    source: 'manifest',
    items: [{ name: 'express', version: '^5.0.0', type: 'npm' }],
  };

  it.each([
    [{ 'package-lock.json': lockfile, 'package.json': manifest }, locked],
    [{ 'package-lock.json': 'broken', 'package.json': manifest }, asked],
    [{ 'package.json': manifest }, asked],
    [{ 'package.json': '[]' }, undefined],
    [{ 'main.py': '' }, undefined],
  ])(
    'is read from its lock file, else from what it asks for: %#',
    async (files, expected) => {
      mkdirSync(join(local.root, 'server'));
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(local.root, 'server', name), content);
      const folder = await local.sources.directory.resolve(
        { path: 'server' },
        { signal },
      );
      expect(folder.dependencies).toEqual(expected);

      const path = archive(
        'server.tgz',
        Object.entries(files).flatMap(([name, content]) => [
          { path: `./${name}`, content },
          { path: `lib/${name}`, content: '{"dependencies":{"not":"1"}}' },
        ]),
      );
      const tarball = await local.sources.tarball.resolve({ path }, { signal });
      expect(tarball.dependencies).toEqual(expected);
    },
  );
});

describe('a folder', () => {
  const resolve = (spec: Record<string, string | string[]>) =>
    local.sources.directory.resolve(spec, { signal });

  beforeEach(() => {
    mkdirSync(join(local.root, 'server'));
    writeFileSync(join(local.root, 'server', 'server.js'), '1');
  });

  it('is refused with links to outside, sockets, a wrong digest, or when it is none', async () => {
    const folder = join(local.root, 'server');
    await expect(resolve({ path: 'server/server.js' })).rejects.toThrow(
      'is not a folder',
    );
    await expect(
      local.sources.directory.resolve(
        { path: 'server' },
        { signal, expectedDigest: 'sha256:0' },
      ),
    ).rejects.toThrow('not sha256:0');
    const socket = createServer();
    await new Promise<void>(done => {
      socket.listen(join(folder, 'agent'), done);
    });
    await expect(resolve({ path: 'server' })).rejects.toThrow(
      "'agent' is a pipe, socket or device",
    );
    await new Promise(done => {
      socket.close(done);
    });
    symlinkSync('/etc/passwd', join(folder, 'passwd'));
    await expect(resolve({ path: 'server' })).rejects.toThrow(
      "The link 'passwd' leads out",
    );
    expect(stored()).toEqual([]);
  });

  it('needs a command that can be known, with placeholders that are replaced', async () => {
    const artifact = await resolve({ path: 'server' });
    await expect(
      runtime.prepare(target, releaseOf(artifact), context),
    ).rejects.toThrow('command: it is not known how to start it');
    for (const [part, meant] of [
      ['--port=$PORT', '{port}'],
      ['${PORT}', '{port}'],
      ['{PORT}', '{port}'],
      ['http://${HOST}:{port}', '{host}'],
    ])
      await expect(
        resolve({ path: 'server', command: ['node', 'server.js', part] }),
      ).rejects.toThrow(new RegExp(`command\\[2\\] holds .* write ${meant}`));
    await resolve({
      path: 'server',
      command: ['node', 'server.js', '--at={host}:{port}', '{"a":1}'],
    });
  });
});

describe('an npm package', () => {
  let registry: Awaited<ReturnType<typeof startPackageRegistry>>;
  const server = `#!/usr/bin/env node
    const [port, host] = process.argv.slice(2);
    require('node:http').createServer((q, r) => r.end(require('./package.json').version)).listen(port, host);`;
  const resolve = (spec: Record<string, string | string[]>) =>
    local.sources.npm.resolve(
      { args: ['{port}', '{host}'], ...spec } as never,
      { signal },
    );

  beforeAll(async () => {
    registry = await startPackageRegistry();
    const plain = { name: 'hello-web', bin: { 'hello-web': 'cli.js' } };
    await Promise.all([
      registry.publish({ ...plain, version: '1.0.0' }, { 'cli.js': server }),
      registry.publish({ ...plain, version: '2.0.0' }, { 'cli.js': server }),
      registry.publish(
        { ...plain, version: '3.0.0', engines: { node: '>=99' } },
        { 'cli.js': server },
      ),
      registry.publish(
        {
          name: 'two-bins',
          version: '1.0.0',
          bin: { serve: 'cli.js', build: 'b.js' },
        },
        { 'cli.js': server, 'b.js': '' },
      ),
      registry.publish(
        { name: 'library', version: '1.0.0', main: 'index.js' },
        { 'index.js': '' },
      ),
      registry.publish(
        {
          name: 'incomplete',
          version: '1.0.0',
          bin: 'cli.js',
          dependencies: { 'not-there': '1.0.0' },
        },
        { 'cli.js': server },
      ),
      registry.publish(
        { name: 'spoiled', version: '1.0.0', bin: 'cli.js' },
        { 'cli.js': server },
        { spoiled: true },
      ),
      registry.publish(
        { name: 'elsewhere', version: '1.0.0', bin: 'cli.js', os: ['aix'] },
        { 'cli.js': server },
      ),
    ]);
  });

  afterAll(async () => {
    await registry.stop();
  });

  it('is installed by its digest, run, and replaced by its next version', async () => {
    for (const version of ['1.0.0', '2.0.0']) {
      const artifact = await resolve({ package: 'hello-web', version });
      expect(artifact).toMatchObject({
        reference: `hello-web@${version}`,
        digest: expect.stringMatching(/^sha512-/),
        dependencies: { source: 'manifest', items: [] },
      });
      const release = { ...releaseOf(artifact), releaseId: version, version };
      await runtime.prepare(target, release, context);
      const { address } = await local.reach(
        runtime,
        local.desired([[release, 1, 100]]),
      );
      expect(await (await fetch(address!)).text()).toBe(version);
    }
    expect(stored()).toHaveLength(2);
  });

  it('tells what it asks for', async () => {
    const { dependencies } = await resolve({
      package: 'incomplete',
      version: '1.0.0',
    });
    expect(dependencies?.items).toEqual([
      { name: 'not-there', version: '1.0.0', type: 'npm' },
    ]);
  });

  it('has its command found among several when it is named', async () => {
    await expect(
      resolve({ package: 'two-bins', version: '1.0.0' }),
    ).rejects.toThrow(
      "bin: two-bins has no command 'two-bins', but serve, build; name one of them",
    );
    const artifact = await resolve({
      package: 'two-bins',
      version: 'latest',
      bin: 'serve',
    });
    expect(artifact.spec).toMatchObject({ version: '1.0.0', bin: 'serve' });
  });

  // Each waits for npm, so they wait together.
  it('that cannot run here is refused when it is released, with the field and the reason', async () => {
    const reasonOf = (spec: Record<string, string | string[]>) =>
      resolve(spec).then(
        () => 'taken',
        error => `${error.name}: ${error.message}`,
      );
    const reasons = await Promise.all([
      reasonOf({ package: 'nobody-has-this', version: '1.0.0' }),
      reasonOf({ package: 'hello-web', version: '9.9.9' }),
      reasonOf({ package: 'hello-web', version: '3.0.0' }),
      reasonOf({ package: 'library', version: '1.0.0' }),
      reasonOf({ package: 'hello-web', version: '1.0.0', args: ['$PORT'] }),
    ]);
    expect(reasons).toEqual([
      expect.stringContaining(
        'InputError: The npm registry has no nobody-has-this@1.0.0',
      ),
      expect.stringContaining(
        'InputError: The npm registry has no hello-web@9.9.9',
      ),
      expect.stringContaining(
        'InputError: version: hello-web@3.0.0 needs Node >=99, and is run by Node',
      ),
      'InputError: package: library has no command that could be started; release one that has a bin',
      "InputError: args[0] holds '$PORT', which no shell replaces; write {port}",
    ]);
  });

  it('that cannot be installed says why and leaves nothing', async () => {
    const reasonOf = async (name: string) => {
      const artifact = await resolve({ package: name, version: '1.0.0' });
      return runtime.prepare(target, releaseOf(artifact), context).then(
        () => 'installed',
        error => `${error.name}: ${error.message}`,
      );
    };
    const reasons = await Promise.all(
      ['incomplete', 'spoiled', 'elsewhere'].map(reasonOf),
    );
    expect(reasons).toEqual([
      expect.stringMatching(
        /^InputError: incomplete@1\.0\.0 cannot be installed .*not-there/,
      ),
      expect.stringMatching(
        /^InputError: spoiled@1\.0\.0 cannot be installed .*EINTEGRITY/,
      ),
      expect.stringMatching(
        /^InputError: elsewhere@1\.0\.0 cannot be installed .*EBADPLATFORM/,
      ),
    ]);
    expect(stored()).toEqual([]);
  });

  it('that is not what was released is refused and leaves nothing', async () => {
    const artifact = await resolve({ package: 'hello-web', version: '1.0.0' });
    const other = { ...artifact, digest: `sha512-${'A'.repeat(86)}==` };
    await expect(
      runtime.prepare(target, releaseOf(other), context),
    ).rejects.toThrow('but released with sha512-AAA');
    expect(stored()).toEqual([]);
  });
});

describe('the configuration of a release', () => {
  it('is refused when no process could take it, naming the variable', async () => {
    const release = await local.release('1.0.0');
    const validate = (environmentVariables: Record<string, string>) =>
      runtime.validate(target, { ...release, environmentVariables });
    await expect(validate({ BIG: 'x'.repeat(200_000) })).rejects.toThrow(
      'configuration.values.BIG has 200000 bytes',
    );
    await expect(validate({ NUL: 'a\0b' })).rejects.toThrow(
      'configuration.values.NUL holds a NUL',
    );
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`V${i}`, 'x'.repeat(8192)]),
    );
    await expect(validate(many)).rejects.toThrow('configuration.values has 16');
    await expect(validate({ PORT: '1' })).rejects.toThrow('sets PORT itself');
    await validate({ FINE: 'x'.repeat(8192) });
  });
});
