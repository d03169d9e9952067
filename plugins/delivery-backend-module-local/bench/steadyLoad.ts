// The load of the benchmark, in a process of its own so that neither the portal nor the agent slows it down. Requests
// leave at a constant rate whether or not earlier ones were answered (open loop), and a latency counts from the instant
// at which a request was due, so that a stall shows in every request that had to wait for it.
import { Agent, request } from 'node:http';

/** Told to the load; `begin` and `end` enclose what is counted. */
export type LoadCommand =
  | { type: 'start'; addresses: Record<string, string>; perSecond: number }
  | { type: 'begin' }
  | { type: 'end' }
  | { type: 'stop' };

/** What the requests to one address came to. */
export interface LoadNumbers {
  sent: number;
  ok: number;
  failed: number;
  p50Ms: number;
  p99Ms: number;
  /** The first few reasons, for people. */
  problems: string[];
}

/** The answer to `end`, by the names of the addresses. */
export interface LoadAnswer {
  type: 'numbers';
  numbers: Record<string, LoadNumbers>;
}

const tickMs = 1;
// One of so many requests is a POST, which a proxy must not send twice.
const postEvery = 10;
const body = Buffer.alloc(1024, 'x');
const giveUpMs = 10_000;
const keptProblems = 5;

class AddressLoad {
  readonly #agent = new Agent({ keepAlive: true });
  #pending = new Set<Promise<void>>();
  #latencies: number[] = [];
  #sent = 0;
  #problems: string[] = [];
  #failed = 0;

  constructor(private readonly address: string) {}

  begin(): void {
    this.#pending = new Set();
    this.#latencies = [];
    this.#sent = 0;
    this.#failed = 0;
    this.#problems = [];
  }

  send(dueAt: number): void {
    const { problems, latencies, pending } = this.#round();
    this.#sent += 1;
    const sending = ask(
      this.address,
      this.#agent,
      this.#sent % postEvery === 0,
    ).then(problem => {
      pending.delete(sending);
      if (pending !== this.#pending) return;
      if (problem) {
        this.#failed += 1;
        if (problems.length < keptProblems) problems.push(problem);
      } else latencies.push(performance.now() - dueAt);
    });
    pending.add(sending);
  }

  async end(): Promise<LoadNumbers> {
    // Frozen first: what is sent from here on belongs to no scenario.
    const { problems, latencies, pending } = this.#round();
    const sent = this.#sent;
    await Promise.all(pending);
    const sorted = [...latencies].sort((a, b) => a - b);
    const quantile = (share: number) =>
      Math.round(100 * (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN)) /
      100;
    return {
      sent,
      ok: sent - this.#failed,
      failed: this.#failed,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
      problems,
    };
  }

  #round() {
    return {
      problems: this.#problems,
      latencies: this.#latencies,
      pending: this.#pending,
    };
  }
}

/** Answers what went wrong, if anything. */
function ask(
  address: string,
  agent: Agent,
  post: boolean,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const method = post ? 'POST' : 'GET';
    const asked = request(
      address,
      { agent, method, timeout: giveUpMs },
      response => {
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
        });
        response.on('error', error => resolve(`${method}: ${error.message}`));
        response.on('end', () => {
          const whole = !post || size === body.length;
          resolve(
            response.statusCode === 200 && whole
              ? undefined
              : `${method}: status ${response.statusCode}, ${size} bytes`,
          );
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in 10 s')));
    asked.on('error', error => resolve(`${method}: ${error.message}`));
    asked.end(post ? body : undefined);
  });
}

const loads = new Map<string, AddressLoad>();
let timer: NodeJS.Timeout | undefined;

function start(addresses: Record<string, string>, perSecond: number): void {
  for (const [name, address] of Object.entries(addresses))
    loads.set(name, new AddressLoad(address));
  const all = [...loads.values()];
  const period = 1000 / perSecond / all.length;
  const startedAt = performance.now();
  let n = 0;
  // The addresses take turns, so that they are measured under the same conditions.
  timer = setInterval(() => {
    while (startedAt + n * period <= performance.now()) {
      all[n % all.length].send(startedAt + n * period);
      n += 1;
    }
  }, tickMs);
}

process.on('message', async (command: LoadCommand) => {
  switch (command.type) {
    case 'start':
      start(command.addresses, command.perSecond);
      return;
    case 'begin':
      for (const load of loads.values()) load.begin();
      return;
    case 'end': {
      const numbers: Record<string, LoadNumbers> = {};
      await Promise.all(
        [...loads].map(async ([name, load]) => {
          numbers[name] = await load.end();
        }),
      );
      process.send?.({ type: 'numbers', numbers } satisfies LoadAnswer);
      return;
    }
    default:
      clearInterval(timer);
      process.disconnect();
      process.exit(0);
  }
});
