import { request } from 'node:http';

/** Sends one real GET request to a copy. Every answer below 500 counts as good, as it does for other requests. */
export function sendProbe(
  port: number,
  probe: { path: string; timeoutSeconds: number },
): Promise<{ latencyMs: number; failed: boolean }> {
  const started = performance.now();
  return new Promise(resolve => {
    const end = (failed: boolean) =>
      resolve({ latencyMs: performance.now() - started, failed });
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: probe.path,
        headers: { 'user-agent': 'slipway-probe' },
        agent: false,
        signal: AbortSignal.timeout(probe.timeoutSeconds * 1000),
      },
      response => {
        response.resume();
        response.on('end', () => end((response.statusCode ?? 500) >= 500));
        response.on('error', () => end(true));
      },
    );
    asked.on('error', () => end(true));
    asked.end();
  });
}
