import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in front of the Kubernetes plugin, passes everything on, and counts what is asked of clusters. */
export class Relay {
  /** Requests to clusters by kind: `watch`, `read`, `write` and `pulse`, which is whether the cluster is there. */
  readonly counts = { watch: 0, read: 0, write: 0, pulse: 0 };
  /** Paths of all of them, in their order. */
  readonly paths: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(baseUrl: string): Promise<Relay> {
    const { hostname, port } = new URL(baseUrl);
    const server = createServer();
    const relay = new Relay(server);
    server.on('request', (incoming, answer) => {
      const { headers, method = 'GET', url = '/' } = incoming;
      relay.#count(method, url);
      const outgoing = request(
        { hostname, port, method, path: url, headers },
        passed => {
          answer.writeHead(passed.statusCode ?? 502, passed.headers);
          passed.pipe(answer);
        },
      );
      outgoing.on('error', error => answer.destroy(error));
      answer.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return relay;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends all connections, as a proxy does that is restarted. */
  cut(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  #count(method: string, url: string): void {
    const path = url.split('/api/kubernetes/proxy/')[1];
    if (path === undefined) return;
    this.paths.push(path);
    if (path === 'version') this.counts.pulse += 1;
    else if (method !== 'GET') this.counts.write += 1;
    else if (/[?&]watch=/.test(path)) this.counts.watch += 1;
    else this.counts.read += 1;
  }
}
