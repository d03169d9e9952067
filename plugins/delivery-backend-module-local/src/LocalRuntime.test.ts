import WebSocket from 'ws';
import { writeFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import {
  context,
  gone,
  commandsIn,
  isRunning,
  load,
  pause,
  target,
  TestLocalRuntime,
} from './__testUtils__/localRuntime';

jest.setTimeout(120_000);

describe('the embedded runtime', () => {
  let local: TestLocalRuntime;

  beforeEach(() => {
    local = new TestLocalRuntime();
  });

  afterEach(async () => {
    await local.destroy();
  });

  async function text(url: string): Promise<string> {
    return (await fetch(url)).text();
  }

  it('starts copies, gives them one address, and shows how they are', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    await runtime.prepare(target, one, context);
    const seen = await local.reach(runtime, local.desired([[one, 2, 100]]));
    expect(seen).toMatchObject({
      address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:30\d\d\d$/),
      versions: [{ readyReplicas: 2, weight: 100, health: 'healthy' }],
    });
    const pids = new Set<string>();
    for (let i = 0; i < 10; i++)
      pids.add((await text(String(seen.address))).split(' ')[1]);
    expect(pids.size).toBe(2);
    const lines = await runtime.logs(
      target,
      { releaseId: one.releaseId, tail: 50 },
      context,
    );
    expect(lines.map(line => line.text)).toContain('listening');
  });

  it('shares traffic by weight', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const two = await local.release('2.0.0');
    const seen = await local.reach(
      runtime,
      local.desired([
        [one, 1, 90],
        [two, 1, 10],
      ]),
    );
    let second = 0;
    for (let i = 0; i < 200; i++)
      if ((await text(String(seen.address))).startsWith('2.0.0')) second += 1;
    expect(second).toBe(20);
  });

  it('loses no request while weights shift and copies come and go', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const two = await local.release('2.0.0');
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 2, 100]]),
    );
    const traffic = load(String(address), 100);
    for (const weight of [10, 50, 100]) {
      await local.reach(
        runtime,
        local.desired([
          [two, 2, weight],
          [one, 2, 100 - weight],
        ]),
      );
      await pause(300);
    }
    await local.reach(runtime, local.desired([[two, 2, 100]]));
    await local.reach(
      runtime,
      local.desired([[one, 2, 100]], { maxSurge: 1, maxUnavailable: 0 }),
    );
    await pause(300);
    const answers = await traffic.stop();
    expect(answers.length).toBeGreaterThan(150);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ release }) => release))).toEqual(
      new Set(['1.0.0', '2.0.0']),
    );
  });

  it('never goes below the wanted number while it replaces copies one by one', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const two = await local.release('2.0.0');
    await local.reach(runtime, local.desired([[one, 3, 100]]));
    const desired = local.desired([[two, 3, 100]], {
      maxSurge: 1,
      maxUnavailable: 0,
    });
    let fewest = 3;
    await local.reach(runtime, desired, seen => {
      const ready = seen.versions.reduce(
        (sum, { readyReplicas }) => sum + readyReplicas,
        0,
      );
      fewest = Math.min(fewest, ready);
      return seen.converged;
    });
    expect(fewest).toBe(3);
  });

  it('says in words that a release crashes again and again, and goes on serving the other', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const bad = await local.release('2.0.0', { CRASH: '1' });
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 1, 100]]),
    );
    const seen = await local.reach(
      runtime,
      local.desired([
        [bad, 1, 50],
        [one, 1, 50],
      ]),
      ({ versions }) => versions[0].health === 'degraded',
    );
    expect(seen.versions[0].message).toContain(
      'ended with code 3: no database',
    );
    for (let i = 0; i < 10; i++)
      expect(await text(String(address))).toMatch(/^1\.0\.0/);
  });

  it('ends processes that do not want to end', async () => {
    const { runtime } = local.connect();
    const stubborn = await local.release('1.0.0', { STUBBORN: '1' });
    const { address } = await local.reach(
      runtime,
      local.desired([[stubborn, 1, 100]]),
    );
    const pid = Number((await text(String(address))).split(' ')[1]);
    await local.reach(runtime, local.desired([]));
    expect(isRunning(pid)).toBe(false);
  });

  it('lets a slow request finish before its copy is stopped', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const two = await local.release('2.0.0');
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 1, 100]]),
    );
    const slow = text(`${address}/slow`);
    await local.reach(runtime, local.desired([[two, 1, 100]]));
    expect(await slow).toBe('slow');
  });

  it('hands the software its own variables and nothing of the backend', async () => {
    process.env.BACKEND_SECRET_FOR_TEST = 'hunter2';
    const { runtime } = local.connect();
    const one = await local.release('1.0.0', { GREETING: 'hello' });
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 1, 100]]),
    );
    const env = JSON.parse(await text(`${address}/env`));
    delete process.env.BACKEND_SECRET_FOR_TEST;
    expect(env.GREETING).toBe('hello');
    // What a shell may set by itself.
    const shell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
    const names = Object.keys(env).filter(name => !shell.includes(name));
    expect(names.sort()).toEqual(
      [
        'GREETING',
        'HOME',
        'HOST',
        'LANG',
        'NODE_ENV',
        'PATH',
        'PORT',
        'SLIPWAY_INSTANCE',
        'TMPDIR',
        'VERSION',
      ].sort(),
    );
  });

  it('keeps everything up while the backend restarts, and adopts it', async () => {
    const one = await local.release('1.0.0');
    const first = local.connect();
    const { address } = await local.reach(
      first.runtime,
      local.desired([[one, 1, 100]]),
    );
    const before = await text(String(address));
    const second = local.connect();
    const seen = await second.runtime.observe(target, context);
    expect(seen?.versions).toMatchObject([{ readyReplicas: 1 }]);
    expect(await text(String(address))).toBe(before);
  });

  it('clears away and restores what ran when the agent itself was killed', async () => {
    const { runtime, agent } = local.connect();
    const one = await local.release('1.0.0');
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 1, 100]]),
    );
    const left = Number((await text(String(address))).split(' ')[1]);
    const killed = (await agent.hello())?.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    await gone(killed);
    await agent.touch(60);
    await gone(left);
    const seen = await local.reach(runtime, {
      ...local.desired([[one, 1, 100]]),
    });
    expect(seen.address).toBe(address);
    expect(Number((await text(String(address))).split(' ')[1])).not.toBe(left);
  });

  it('leaves nothing behind when no backend is in touch any more', async () => {
    const { runtime, agent } = local.connect();
    // One that takes its time to stop, so that there would be time to start another in its place.
    const one = await local.release('1.0.0', { STUBBORN: '1' });
    const { address } = await local.reach(
      runtime,
      local.desired([[one, 1, 100]]),
    );
    const pid = Number((await text(String(address))).split(' ')[1]);
    const agentPid = (await agent.hello())?.pid ?? 0;
    await agent.touch(0.2);
    await gone(agentPid);
    expect(isRunning(pid)).toBe(false);
    expect(commandsIn(local.settings.agent.dataDirectory)).toEqual([]);
  });

  it('refuses a wish that is older than another one', async () => {
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    const old = local.desired([[one, 1, 100]]);
    await local.reach(runtime, local.desired([[one, 2, 100]]));
    await expect(runtime.apply(target, old, context)).rejects.toThrow(
      'Generation 1 is older than 2',
    );
  });

  it('measures what its proxy has seen, and sends probes of its own', async () => {
    const { runtime, provider } = local.connect();
    const one = await local.release('1.0.0');
    const two = await local.release('2.0.0', { FAIL_PERCENT: '50' });
    const since = Date.now();
    await local.reach(
      runtime,
      local.desired([
        [two, 1, 0],
        [one, 1, 100],
      ]),
    );
    const subject = {
      target,
      releaseId: two.releaseId,
      version: two.version,
      stableReleaseId: one.releaseId,
      stableVersion: one.version,
      since,
    };
    expect(
      await provider.measure({ metric: 'errorRatio' }, subject, context),
    ).toMatchObject({
      result: null,
      message: expect.stringContaining('no requests'),
    });
    const measured = await provider.measure(
      { metric: 'errorRatio', probe: { path: '/', count: 40 } },
      subject,
      context,
    );
    expect(measured).toMatchObject({
      result: 0.5,
      variables: {
        canary: { requests: 40, errors: 20 },
        stable: { requests: 0 },
      },
    });
  });

  it('passes WebSockets through', async () => {
    const path = join(local.root, 'echo');
    mkdirSync(path);
    writeFileSync(
      join(path, 'server.js'),
      `const { WebSocketServer } = require(${JSON.stringify(require.resolve('ws'))});
       const server = require('node:http').createServer((q, r) => r.end('ok'));
       new WebSocketServer({ server }).on('connection', s => s.on('message', m => s.send('echo ' + m)));
       server.listen(process.env.PORT, process.env.HOST);`,
    );
    const { runtime } = local.connect();
    const artifact = await local.sources.directory.resolve(
      { path, command: ['node', 'server.js'] },
      { signal: context.signal },
    );
    const { address } = await local.reach(
      runtime,
      local.desired([
        [
          {
            releaseId: 'echo',
            version: '1',
            artifact,
            environmentVariables: {},
            health: {},
          },
          1,
          100,
        ],
      ]),
    );
    const socket = new WebSocket(String(address).replace('http', 'ws'));
    const answer = await new Promise(resolve => {
      socket.on('open', () => socket.send('hello'));
      socket.on('message', data => resolve(String(data)));
    });
    socket.close();
    expect(answer).toBe('echo hello');
  });
});

describe('artifacts on this machine', () => {
  const { signal } = context;

  it('are refused outside the allowed folders, also through links', async () => {
    const local = new TestLocalRuntime();
    symlinkSync('/etc', join(local.root, 'link'));
    for (const path of ['/etc', '../../etc', 'link', join(local.root, 'link')])
      await expect(
        local.sources.directory.resolve({ path }, { signal }),
      ).rejects.toThrow('artifactRoots');
    await local.destroy();
  });

  it('are refused when they changed after the release', async () => {
    const local = new TestLocalRuntime();
    const { runtime } = local.connect();
    const one = await local.release('1.0.0');
    writeFileSync(join(local.root, 'server', 'server.js'), 'changed');
    await expect(runtime.prepare(target, one, context)).rejects.toThrow(
      'has changed since it was released',
    );
    await local.destroy();
  });

  it('are unpacked from archives, but never to outside their folder', async () => {
    const local = new TestLocalRuntime();
    const { runtime } = local.connect();
    await local.release('1.0.0');
    const file = join(local.root, 'good.tgz');
    await create({ file, gzip: true, cwd: join(local.root, 'server') }, [
      'server.js',
      'package.json',
    ]);
    const artifact = await local.sources.tarball.resolve(
      { path: file },
      { signal },
    );
    await runtime.prepare(
      target,
      {
        releaseId: 'a',
        version: '1',
        artifact,
        environmentVariables: {},
        health: {},
      },
      context,
    );
    const evil = join(local.root, 'evil.tgz');
    await create(
      {
        file: evil,
        gzip: true,
        cwd: join(local.root, 'server'),
        preservePaths: true,
      },
      ['../good.tgz'],
    );
    await expect(
      local.sources.tarball.resolve({ path: evil }, { signal }),
    ).rejects.toThrow('leads out of it');
    const linked = join(local.root, 'linked');
    mkdirSync(linked);
    symlinkSync('/etc/passwd', join(linked, 'passwd'));
    await create(
      { file: join(local.root, 'linked.tgz'), gzip: true, cwd: linked },
      ['passwd'],
    );
    await expect(
      local.sources.tarball.resolve(
        { path: join(local.root, 'linked.tgz') },
        { signal },
      ),
    ).rejects.toThrow('links are refused');
    await local.destroy();
  });
});
