import { createProxyServer, type ServerOptions } from 'http-proxy-3';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Instance } from './Instance';
import type { WeightedRoute } from './WeightedRoute';

// What can be sent twice without harm, and has no body that would be used up.
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One answered or failed request, for the numbers. */
export interface ServedRequest {
  releaseId: string;
  latencyMs: number;
  failed: boolean;
  at: number;
}

/** The stable address of one target: spreads requests over the ready copies by weight. */
export class TargetProxy {
  readonly #server: Server;
  readonly #proxy;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 32 });
  readonly #sockets = new Set<Socket>();

  constructor(
    private readonly options: {
      name: string;
      route: WeightedRoute;
      onServed(request: ServedRequest): void;
    },
  ) {
    this.#proxy = createProxyServer({
      xfwd: true,
      agent: this.#agent,
      proxyTimeout: 300_000,
    });
    this.#proxy.on('proxyRes', (proxyRes, req) => {
      const release = (req as Routed).slipwayRelease;
      if (release) proxyRes.headers['x-slipway-release'] = release;
    });
    this.#server = createServer((req, res) => this.#serve(req, res));
    this.#server.on('upgrade', (req, socket, head) =>
      this.#upgrade(req, socket as Socket, head),
    );
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // Clients that reuse connections must not find one that is just being closed.
    this.#server.keepAliveTimeout = 65_000;
  }

  /** Rejects with the system's error when the port is taken. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    this.#proxy.close(() => {});
  }

  #serve(req: IncomingMessage, res: ServerResponse, tried?: Instance): void {
    const instance = this.options.route.next(tried) ?? tried;
    if (!instance) {
      unavailable(res, `${this.options.name} has no copy that is ready`);
      return;
    }
    const started = performance.now();
    const stop = begin(instance);
    let settled = false;
    const settle = (failed: boolean) => {
      if (settled) return;
      settled = true;
      stop();
      this.options.onServed({
        releaseId: instance.version.releaseId,
        latencyMs: performance.now() - started,
        failed,
        at: Date.now(),
      });
    };
    const onClose = () => {
      // A client that went away before the answer was complete says nothing about the release.
      if (res.writableFinished) settle(res.statusCode >= 500);
      else {
        settled = true;
        stop();
      }
    };
    res.once('close', onClose);
    (req as Routed).slipwayRelease = instance.version.version;
    this.#proxy.web(req, res, targetOf(instance), error => {
      if (settled) return;
      res.off('close', onClose);
      const again =
        !tried &&
        !res.headersSent &&
        !res.destroyed &&
        repeatable.has(req.method ?? '');
      if (again) {
        settled = true;
        stop();
        this.#serve(req, res, instance);
        return;
      }
      settle(true);
      if (res.headersSent) res.destroy(error);
      else unavailable(res, `${this.options.name} did not answer`, 502);
    });
  }

  #upgrade(req: IncomingMessage, socket: Socket, head: Buffer): void {
    const instance = this.options.route.next();
    if (!instance) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    const stop = begin(instance);
    socket.once('close', stop);
    this.#proxy.ws(req, socket, head, targetOf(instance), () => {
      socket.destroy();
    });
  }
}

type Routed = IncomingMessage & { slipwayRelease?: string };

function targetOf(instance: Instance): ServerOptions {
  return { target: { host: '127.0.0.1', port: instance.port } };
}

function begin(instance: Instance): () => void {
  let open = true;
  instance.inFlight += 1;
  return () => {
    if (open) instance.inFlight -= 1;
    open = false;
  };
}

function unavailable(res: ServerResponse, message: string, status = 503): void {
  if (res.destroyed) return;
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: { name: 'ServiceUnavailable', message } }));
}
