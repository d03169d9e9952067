import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { createLog } from '../src/log.js';
import { createService } from '../src/service.js';
import { readSettings } from '../src/settings.js';

const running = [];
after(() => Promise.all(running.map(service => service.stop(0))));

async function start(env = {}, random = Math.random) {
  const lines = [];
  const service = createService({
    settings: readSettings({ PORT: '0', ...env }),
    log: createLog({}, line => lines.push(JSON.parse(line))),
    random,
  });
  running.push(service);
  service.server.listen(0, '127.0.0.1');
  await once(service.server, 'listening');
  const base = `http://127.0.0.1:${service.server.address().port}`;
  return { service, lines, get: (path, init) => fetch(base + path, init) };
}

describe('the service', () => {
  it('greets with what it was set to, and says which version it is', async () => {
    const { get } = await start({ GREETING: 'Good morning' });
    const body = await (await get('/')).json();
    assert.equal(body.greeting, 'Good morning');
    const version = await (await get('/version')).json();
    assert.deepEqual(version, { service: body.service, version: body.version });
  });

  it('is alive and ready', async () => {
    const { get } = await start();
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await get('/readyz')).status, 200);
  });

  it('keeps the id of a request, and makes one where there is none', async () => {
    const { get, lines } = await start();
    const given = await get('/', { headers: { 'x-request-id': 'abc' } });
    assert.equal(given.headers.get('x-request-id'), 'abc');
    assert.ok((await get('/')).headers.get('x-request-id'));
    assert.equal(lines[0].requestId, 'abc');
    assert.equal(lines[0].status, 200);
  });

  it('counts what it answers', async () => {
    const { get } = await start();
    await get('/');
    await get('/nowhere');
    const text = await (await get('/metrics')).text();
    assert.match(
      text,
      /http_requests_total\{method="GET",route="\/",status="200"\} 1/,
    );
    assert.match(text, /route="other",status="404"\} 1/);
    assert.match(text, /http_request_duration_seconds_count\{route="\/"\} 1/);
  });

  it('refuses what it does not know', async () => {
    const { get } = await start();
    assert.equal((await get('/nowhere')).status, 404);
    assert.equal((await get('/toString')).status, 404);
    assert.equal((await get('/', { method: 'POST' })).status, 405);
    const head = await get('/', { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
  });

  it('stops by letting requests under way finish', async () => {
    const { service, get } = await start({ FAULT_LATENCY_MS: '200' });
    const pending = get('/');
    await once(service.server, 'request');
    const stopped = service.stop(5000);
    assert.equal((await pending).status, 200);
    await stopped;
    await assert.rejects(get('/'));
  });
});

describe('faults', () => {
  it('fail just as many requests as asked for, and no health check', async () => {
    let requests = 0;
    const { get } = await start({ FAULT_ERROR_PERCENT: '30' }, () => {
      requests += 1;
      return (requests % 10) / 10;
    });
    const statuses = [];
    for (let index = 0; index < 10; index += 1) {
      statuses.push((await get('/')).status);
    }
    assert.equal(statuses.filter(status => status === 500).length, 3);
    assert.equal((await get('/healthz')).status, 200);
  });

  it('make answers late', async () => {
    const { get } = await start({ FAULT_LATENCY_MS: '120' });
    const before = performance.now();
    await get('/');
    assert.ok(performance.now() - before >= 110);
  });

  it('make it unhealthy', async () => {
    const { get } = await start({ FAULT_HEALTH: 'fail' });
    assert.equal((await get('/healthz')).status, 503);
    assert.equal((await get('/readyz')).status, 503);
    assert.equal((await get('/')).status, 200);
  });
});
