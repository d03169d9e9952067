import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createFaults } from './faults.js';
import { createMetrics } from './metrics.js';

/** The HTTP service. Nothing listens until `server.listen` is called. */
export function createService({ settings, log, random }) {
  const { name, version, greeting } = settings;
  const faults = createFaults(settings.faults, random);
  const metrics = createMetrics();
  let stopping = false;

  const health = () =>
    settings.faults.health === 'fail'
      ? { status: 503, body: { status: 'failing', why: 'FAULT_HEALTH' } }
      : { status: 200, body: { status: 'ok' } };

  const routes = {
    '/': async () =>
      (await faults.strike())
        ? { status: 500, body: { error: 'FAULT_ERROR_PERCENT', version } }
        : { status: 200, body: { greeting, service: name, version } },
    // Alive: worth keeping. Ready: worth sending requests to.
    '/healthz': health,
    '/readyz': () =>
      stopping ? { status: 503, body: { status: 'stopping' } } : health(),
    '/version': () => ({ status: 200, body: { service: name, version } }),
    '/metrics': () => ({ status: 200, text: metrics.text() }),
  };

  const answer = async ({ method, path }) => {
    if (!Object.hasOwn(routes, path)) {
      return { status: 404, body: { error: 'There is nothing here' } };
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return { status: 405, body: { error: 'Only GET and HEAD' } };
    }
    return routes[path]();
  };

  const server = createServer(async (request, response) => {
    const started = process.hrtime.bigint();
    const requestId = request.headers['x-request-id'] ?? randomUUID();
    const path = request.url.split('?')[0];
    let result;
    try {
      result = await answer({ method: request.method, path });
    } catch (error) {
      log.error('Request failed', { requestId, error: error.stack });
      result = { status: 500, body: { error: 'Something went wrong' } };
    }

    const text = result.text ?? `${JSON.stringify(result.body)}\n`;
    response.writeHead(result.status, {
      'content-type': result.text
        ? 'text/plain; version=0.0.4; charset=utf-8'
        : 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(stopping && { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : text);

    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    // Paths that do not exist would make a series each.
    const route = Object.hasOwn(routes, path) ? path : 'other';
    metrics.observe({
      method: request.method,
      route,
      status: result.status,
      seconds,
    });
    if (route === '/' || result.status >= 400) {
      log.info('Request', {
        requestId,
        method: request.method,
        path,
        status: result.status,
        durationMs: Math.round(seconds * 1000),
      });
    }
  });

  return {
    server,
    /** Lets requests under way finish, for at most `graceMs`. */
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise(resolve => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
