import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const running = new Set<Server>();

/** Starts a real server on 127.0.0.1 and answers its port. */
export async function startServer(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  running.add(server);
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return (server.address() as AddressInfo).port;
}

/** Answers one document to every request. */
export function startJsonServer(document: unknown): Promise<number> {
  return startServer((_, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(document));
  });
}

/** To be called after each test. */
export async function stopServers(): Promise<void> {
  await Promise.all(
    Array.from(
      running,
      server =>
        new Promise<void>(resolve => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
  running.clear();
}
