import { createProxyServer } from 'http-proxy-3';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  begin,
  forward,
  type Forwarding,
  type Routed,
  targetOf,
} from './forward';

// Below the five seconds after which many servers close an idle connection.
const idleMs = 4000;

/** The stable address of one target: spreads requests over the ready copies by weight. */
export class TargetProxy {
  readonly #server: Server;
  readonly #forwarding: Forwarding;
  readonly #agent = new Agent({
    keepAlive: true,
    maxFreeSockets: 32,
    timeout: idleMs,
  });
  readonly #sockets = new Set<Socket>();

  constructor(options: Omit<Forwarding, 'proxy'>) {
    const proxy = createProxyServer({ xfwd: true, agent: this.#agent });
    // Without a listener of ours the library throws what a broken WebSocket reports, which would end the agent.
    proxy.on('error', (_error, _req, broken) => {
      if (broken instanceof Socket) broken.destroy();
    });
    proxy.on('proxyReq', (proxyReq, req) => {
      const attempt = (req as Routed).slipwayAttempt;
      if (attempt) attempt.request = proxyReq;
    });
    proxy.on('proxyRes', (proxyRes, req) => {
      // These are about the connection to the copy, not about the client's.
      delete proxyRes.headers.connection;
      delete proxyRes.headers['keep-alive'];
      const attempt = (req as Routed).slipwayAttempt;
      if (!attempt) return;
      proxyRes.headers['x-slipway-release'] = attempt.instance.version.version;
      attempt.onAnswer(proxyRes);
    });
    this.#forwarding = { ...options, proxy };
    this.#server = createServer((req, res) => {
      options.onArrived();
      forward(this.#forwarding, req, res);
    });
    this.#server.on('upgrade', (req, socket, head) =>
      this.#upgrade(req, socket, head),
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
    this.#forwarding.proxy.close(() => {});
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { onArrived, onRefused, proxy, route } = this.#forwarding;
    onArrived();
    const instance = route.next();
    if (!instance) {
      onRefused();
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    const end = begin(instance);
    socket.once('close', end);
    proxy.ws(req, socket, head, targetOf(instance), () => {
      socket.destroy();
    });
  }
}
