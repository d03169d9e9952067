import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  context,
  gone,
  isRunning,
  pause,
  target,
  TestLocalRuntime,
} from './__testUtils__/localRuntime';

jest.setTimeout(60_000);

const wellBehaved = `
const server = require('node:http').createServer((req, res) => res.end(String(process.pid)));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;

/** Serves, and does something else besides. */
const serves = (besides: string, onRequest = `res.end('ok')`) => `
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const server = require('node:http').createServer((req, res) => {
  if (req.url === '/healthz') { res.end(); return; }
  ${onRequest}
});
server.listen(process.env.PORT, process.env.HOST, () => { ${besides} });
`;

const healthz = { readiness: { path: '/healthz', periodSeconds: 0.2 } };

describe('software that misbehaves', () => {
  const local = new TestLocalRuntime();
  const { runtime, provider, agent } = local.connect();
  let neighbour: { address: string; pid: string };
  let agentPid: number | undefined;

  const text = async (url: string) => (await fetch(url)).text();

  /** Runs one copy of some software in an environment of its own. */
  function run(name: string, source: string, health = healthz) {
    const at = { ...target, componentRef: `component:default/${name}` };
    return {
      at,
      async until(holds: (seen: Observation) => boolean = () => true) {
        const release = await local.software(name, source, health);
        const desired = { ...local.desired([[release, 1, 100]]) };
        return local.reach(runtime, desired, holds, at);
      },
      async logs() {
        const lines = await runtime.logs(
          at,
          { releaseId: name, tail: 1000 },
          context,
        );
        return lines.map(line => line.text);
      },
      async stop() {
        await local.reach(
          runtime,
          local.desired([]),
          seen => seen.versions.length === 0,
          at,
        );
      },
    };
  }

  // Two whose faults take time to show; they are started first and looked at last.
  const stuck = run(
    'stuck',
    serves(
      'setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 1500);',
    ),
    { readiness: { ...healthz.readiness, timeoutSeconds: 0.3 } } as never,
  );
  const loop = run(
    'loop',
    `setTimeout(() => { throw new Error('no database at db:5432'); }, 50);`,
  );

  beforeAll(async () => {
    const good = await local.software('neighbour', wellBehaved);
    const { address } = await local.reach(
      runtime,
      local.desired([[good, 1, 100]]),
    );
    neighbour = { address: address!, pid: await text(address!) };
    agentPid = (await agent.hello())?.pid;
    await Promise.all([stuck.until(), loop.until()]);
  });

  afterEach(async () => {
    // Whatever one component does, another goes on as it was, and so does the agent.
    // eslint-disable-next-line jest/no-standalone-expect
    expect([await text(neighbour.address), (await agent.hello())?.pid]).toEqual(
      [neighbour.pid, agentPid],
    );
  });

  afterAll(async () => {
    await local.destroy();
  });

  const message = (seen: Observation) => seen.versions[0]?.message ?? '';
  const degraded = (seen: Observation) =>
    seen.versions[0]?.health === 'degraded';
  const instance = (seen: Observation) =>
    seen.versions[0]?.instances[0]?.message ?? '';

  it('is ended when it takes more memory than it may, also in its children, and is said to have', async () => {
    const eat = `const kept = []; setInterval(() => kept.push(Buffer.alloc(3e7, 1)), 50);`;
    const alone = run('eater', serves(eat));
    const child = run(
      'eaters',
      serves(
        `spawn(process.execPath, ['-e', ${JSON.stringify(eat)}], { stdio: 'ignore' });`,
      ),
    );
    const seen = await Promise.all([
      alone.until(degraded),
      child.until(degraded),
    ]);
    for (const one of seen)
      expect(message(one)).toMatch(
        /^a copy used \d{3,4} MiB of memory, more than its limit of 200 MiB, and was ended/,
      );
    await Promise.all([alone.stop(), child.stop()]);
  });

  it('gives a client an answer when it hangs, and that counts as a failure', async () => {
    const hanging = run('hanging', serves('', ''));
    const since = Date.now();
    const { address } = await hanging.until(seen => seen.converged);
    const answer = await fetch(address!);
    expect(answer.status).toBe(504);
    expect(await answer.text()).toContain('did not answer within 2 s');
    const measured = await provider.measure(
      { metric: 'errorRatio' },
      { target: hanging.at, releaseId: 'hanging', version: 'hanging', since },
      context,
    );
    expect(measured).toMatchObject({ result: 1 });
    await hanging.stop();
  });

  it('is given time to start, however soon its liveness is asked', async () => {
    const slow = run('slow', `setTimeout(() => { ${serves('')} }, 2500);`, {
      ...healthz,
      liveness: { path: '/healthz', periodSeconds: 0.2, failureThreshold: 1 },
    } as never);
    const { versions } = await slow.until(seen => seen.converged);
    expect(versions[0].instances[0]).toMatchObject({
      ready: true,
      restarts: 0,
    });
    await slow.stop();
  });

  it('is started again when it is not alive any more, after as many bad answers as it may give', async () => {
    const dying = run(
      'dying',
      serves(
        'setTimeout(() => { server.dead = true; }, 1500);',
        `if (req.url === '/alive' && server.dead) res.statusCode = 500; res.end();`,
      ),
      {
        ...healthz,
        liveness: { path: '/alive', periodSeconds: 0.4, failureThreshold: 3 },
      } as never,
    );
    const seen = await dying.until(
      one => one.versions[0]?.instances[0]?.restarts > 0,
    );
    expect(seen.versions[0].instances[0].message).toBe(
      '/alive answers 500, and was restarted',
    );
    await dying.stop();
  });

  it('is shown as not ready, with the reason, as long as it is not', async () => {
    const never = run(
      'never',
      `require('node:http').createServer((q, r) => { r.statusCode = 503; r.end(); }).listen(process.env.PORT, process.env.HOST);`,
    );
    const seen = await never.until(one => instance(one) !== '');
    expect(instance(seen)).toBe('/healthz answers 503');
    expect(seen.versions[0]).toMatchObject({
      health: 'progressing',
      readyReplicas: 0,
    });
    await never.stop();
  });

  it('is told from another program that answers on its port', async () => {
    // Listens only when the test's own server has had the port for a while.
    const late = run(
      'late',
      `setTimeout(() => { ${wellBehaved} }, process.env.TRIED ? 0 : 4000);`,
    );
    await late.until();
    let port: string | undefined;
    while (!port) {
      await pause(20);
      [, port] = /on port (\d+)/.exec((await late.logs()).join()) ?? [];
    }
    const other: Server = createServer((_, res) => res.end('other'));
    await new Promise<void>(resolve => {
      other.listen(Number(port), '127.0.0.1', resolve);
    });
    const seen = await late.until(one => instance(one) !== '');
    other.close();
    expect(instance(seen)).toBe(`another program listens on its port ${port}`);
    await late.stop();
  });

  it('is told where it should listen when it listens elsewhere, or on a taken port', async () => {
    const elsewhere = run(
      'elsewhere',
      `require('node:http').createServer().listen(0, () => {});`,
    );
    const taken = run(
      'taken',
      `require('node:http').createServer().listen(${new URL(neighbour.address).port}, '127.0.0.1');`,
    );
    const [first, second] = await Promise.all([
      elsewhere.until(seen => /listens on/.test(instance(seen))),
      taken.until(degraded),
    ]);
    expect(instance(first)).toMatch(
      /^listens on port \d+, not on \d+ that it was given as PORT; put {port} into its command/,
    );
    expect(message(second)).toContain('EADDRINUSE: address already in use');
    await Promise.all([elsewhere.stop(), taken.stop()]);
  });

  it('may write as much as it likes, but only so much is kept, and the log says what is not', async () => {
    const flood = run(
      'flood',
      serves(`
        const line = 'x'.repeat(150) + '\\n';
        const write = () => { while (process.stdout.write(line.repeat(500))); };
        process.stdout.on('drain', write); write();
      `),
    );
    const { address } = await flood.until(seen => seen.converged);
    await pause(1500);
    expect((await flood.logs()).join('\n')).toMatch(
      /\d+ lines \(\d+ bytes\) were dropped: more than 100 lines or 20000 bytes a second/,
    );
    expect(await text(`${address}/healthz`)).toBe('');
    await flood.stop();
    const logs = join(local.settings.agent.dataDirectory, 'targets');
    const sizes = readdirSync(logs, { recursive: true })
      .map(name => statSync(join(logs, String(name))))
      .filter(stat => stat.isFile());
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(
      300_000,
    );
  });

  it('gets no more open files than it may, and is told so', async () => {
    const greedy = run(
      'greedy',
      serves(
        // Again and again, because a connection that ends gives a file back.
        `setTimeout(() => setInterval(() => { try { for (;;) fs.openSync('/dev/null'); } catch (e) { console.log(e.code); } }, 50), 1500);`,
      ),
      { readiness: { ...healthz.readiness, timeoutSeconds: 0.3 } } as never,
    );
    await greedy.until(seen => seen.converged);
    const seen = await greedy.until(one => instance(one) !== '');
    expect(instance(seen)).toMatch(
      /\/healthz .*; it has \d\d files open, and may have 64$/,
    );
    expect(await greedy.logs()).toContain('EMFILE');
    await greedy.stop();
  });

  it('is ended with all its children when it has too many, even those that hide', async () => {
    const parent = run(
      'parent',
      serves(`
        for (let i = 0; i < 12; i++) {
          const child = spawn('sleep', ['1000'], { detached: i % 2 === 0, stdio: 'ignore' });
          child.unref();
          console.log('child ' + child.pid);
        }
      `),
    );
    const seen = await parent.until(degraded);
    // It may be looked at while it still makes them.
    expect(message(seen)).toMatch(
      /^a copy had (9|1\d) processes, more than its limit of 8, and was ended/,
    );
    await parent.stop();
    const children = (await parent.logs()).flatMap(line =>
      line.startsWith('child ') ? [Number(line.slice(6))] : [],
    );
    expect(children.length).toBeGreaterThanOrEqual(7);
    for (const pid of children) await gone(pid);
  });

  it('leaves no child behind when it is stopped, or crashes', async () => {
    const source = (ends: string) =>
      serves(`
        const child = spawn('sh', ['-c', 'trap "" TERM; sleep 1000; :'], { detached: true, stdio: 'ignore' });
        child.unref();
        console.log('child ' + child.pid);
        process.on('SIGTERM', () => {});
        ${ends}
      `);
    const stopped = run('stopped', source(''));
    const crashing = run('crashing', source('setTimeout(process.exit, 1000)'));
    await Promise.all([
      stopped.until(seen => seen.converged),
      crashing.until(seen => seen.versions[0]?.instances[0]?.restarts > 0),
    ]);
    const childOf = async (one: typeof stopped) =>
      Number(
        (await one.logs()).find(line => line.startsWith('child '))?.slice(6),
      );
    const [left, orphan] = [await childOf(stopped), await childOf(crashing)];
    await gone(orphan);
    expect(isRunning(left)).toBe(true);
    await Promise.all([stopped.stop(), crashing.stop()]);
    await gone(left);
  });

  it('breaks off for the client too when it breaks off an answer', async () => {
    const halved = run(
      'halved',
      serves(
        '',
        `res.writeHead(200, { 'content-length': 100 }); res.write('half'); setTimeout(() => req.socket.destroy(), 100);`,
      ),
    );
    const { address } = await halved.until(seen => seen.converged);
    await expect(text(address!)).rejects.toThrow('terminated');
    await halved.stop();
  });

  it('may close idle connections whenever it likes', async () => {
    const closing = run(
      'closing',
      // Without telling anybody, as servers other than Node's do.
      `const { createServer } = require('node:net');
       createServer(socket => {
         let timer;
         socket.on('error', () => {});
         socket.on('data', data => {
           clearTimeout(timer);
           socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok');
           timer = setTimeout(() => socket.resetAndDestroy(), 20);
         });
       }).listen(process.env.PORT, process.env.HOST);`,
    );
    const since = Date.now();
    const { address } = await closing.until(seen => seen.converged);
    const answers = [];
    // Meets the instant of the close again and again.
    for (let i = 0; i < 80; i++) {
      const method = i % 3 ? 'GET' : 'POST';
      answers.push((await fetch(address!, { method })).status);
      await pause(17 + (i % 5));
    }
    expect(new Set(answers)).toEqual(new Set([200]));
    const measured = await provider.measure(
      { metric: 'errorRatio' },
      { target: closing.at, releaseId: 'closing', version: 'closing', since },
      context,
    );
    expect(measured).toMatchObject({ result: 0 });
    await closing.stop();
  });

  it('does not harm anybody when a client breaks a WebSocket off', async () => {
    const path = require.resolve('ws');
    const echo = run(
      'echo',
      `const { WebSocketServer } = require(${JSON.stringify(path)});
       const server = require('node:http').createServer((q, r) => r.end('ok'));
       new WebSocketServer({ server }).on('connection', s => { s.on('error', () => {}); setInterval(() => s.send('x'.repeat(100000)), 5); });
       server.listen(process.env.PORT, process.env.HOST);`,
    );
    const { address } = await echo.until(seen => seen.converged);
    const { hostname, port } = new URL(address!);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    );
    await new Promise(resolve => {
      socket.once('data', resolve);
    });
    socket.resetAndDestroy();
    await pause(200);
    expect(await text(address!)).toBe('ok');
    const log = join(local.settings.agent.dataDirectory, 'agent.log');
    expect(readFileSync(log, 'utf8')).toBe('');
    await echo.stop();
  });

  it('is not well when it stops answering altogether', async () => {
    const seen = await stuck.until(degraded);
    expect(message(seen)).toContain('/healthz does not answer within 0.3 s');
    // It does not hear SIGTERM either, and is ended all the same.
    await stuck.stop();
  });

  it('is started ever more seldom when it ends again and again, and then left alone', async () => {
    const seen = await loop.until(one => /too often/.test(instance(one)));
    expect(instance(seen)).toMatch(
      /^ended with code 1: Error: no database at db:5432; it starts too often \(4 times within 120 s\), so it is left alone until 20/,
    );
    expect(degraded(seen)).toBe(true);
    expect(message(seen)).toContain('4 times within 5 min');
    await loop.stop();
  });
});
