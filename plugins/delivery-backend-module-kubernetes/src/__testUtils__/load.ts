import { request } from 'node:http';

export interface Answer {
  /** HTTP status; 0 when there was no answer. */
  status: number;
  body: string;
}

// A machine with little time to spare makes a request slow; only a lost one shall count.
const timeoutMs = 20_000;

/** One request on a connection of its own. */
export function ask(url: string): Promise<Answer> {
  return new Promise(resolve => {
    const failed = (error: Error) =>
      resolve({ status: 0, body: String(error) });
    const asked = request(
      url,
      { agent: false, timeout: timeoutMs },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', part => {
          body += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: body.trim() }),
        );
        response.on('error', failed);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', failed);
    asked.end();
  });
}

// More at once would only keep a slow machine from ever answering.
const mostAtOnce = 10;

const timers = new Set<NodeJS.Timeout>();

/** A steady load; answers what came back. */
export function load(url: string, perSecond: number) {
  const asked: Array<Promise<Answer>> = [];
  let waiting = 0;
  const timer = setInterval(() => {
    if (waiting >= mostAtOnce) return;
    waiting += 1;
    asked.push(
      ask(url).finally(() => {
        waiting -= 1;
      }),
    );
  }, 1000 / perSecond);
  timers.add(timer);
  return {
    async stop(): Promise<Answer[]> {
      clearInterval(timer);
      timers.delete(timer);
      return Promise.all(asked);
    },
  };
}

/** Ends the load of a test that failed before it could. */
export function endLoads(): void {
  for (const timer of timers) clearInterval(timer);
  timers.clear();
}
