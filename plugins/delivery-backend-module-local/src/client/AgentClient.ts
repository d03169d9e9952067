import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  LogLine,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import { type IncomingMessage, request } from 'node:http';
import { errorCode } from '../agent/errorCode';
import {
  type AgentDesired,
  type AgentHello,
  type LoadReading,
  type ProbeRequest,
  PROTOCOL_VERSION,
  type RequestNumbers,
  type SecondNumbers,
} from '../agent/protocol';
import type { AgentProcess } from './AgentProcess';

/** Speaks with the agent, and has it started when it is not there. */
export class AgentClient {
  constructor(
    private readonly socketPath: string,
    private readonly agent: AgentProcess,
  ) {}

  async apply(
    target: string,
    desired: AgentDesired,
    signal: AbortSignal,
  ): Promise<Observation> {
    return (await this.#ask('PUT', '/target', {
      query: { target },
      body: desired,
      signal,
    })) as Observation;
  }

  async observe(
    target: string,
    signal: AbortSignal,
  ): Promise<Observation | undefined> {
    const seen = await this.#ask('GET', '/target', {
      query: { target },
      signal,
    });
    return (seen ?? undefined) as Observation | undefined;
  }

  async numbers(
    query: { target: string; releaseId: string; since: number },
    signal: AbortSignal,
  ): Promise<RequestNumbers> {
    return (await this.#ask('GET', '/numbers', {
      query: { ...query, since: String(query.since) },
      signal,
    })) as RequestNumbers;
  }

  async seconds(
    query: { target: string; releaseId: string; since: number },
    signal: AbortSignal,
  ): Promise<SecondNumbers[]> {
    return (await this.#ask('GET', '/seconds', {
      query: { ...query, since: String(query.since) },
      signal,
    })) as SecondNumbers[];
  }

  async logs(
    query: { target: string; releaseId: string; tail: number },
    signal: AbortSignal,
  ): Promise<LogLine[]> {
    return (await this.#ask('GET', '/logs', {
      query: { ...query, tail: String(query.tail) },
      signal,
    })) as LogLine[];
  }

  async probe(
    target: string,
    probe: ProbeRequest,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#ask('POST', '/probe', {
      query: { target },
      body: probe,
      signal,
    });
  }

  /** All counters; nothing where no agent runs, which is not started for that. */
  async load(signal: AbortSignal): Promise<LoadReading | undefined> {
    try {
      return (await this.#send('GET', '/load', { signal })) as LoadReading;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Keeps everything up for this many seconds from now. */
  async touch(seconds: number): Promise<void> {
    await this.#ask('POST', '/touch', { query: { seconds: String(seconds) } });
  }

  /** The same, but without starting an agent that is not there. */
  async touchIfThere(seconds: number): Promise<void> {
    await this.#send('POST', '/touch', {
      query: { seconds: String(seconds) },
    }).catch(() => undefined);
  }

  async hello(): Promise<AgentHello | undefined> {
    const hello = await this.#send('GET', '/hello', {}).catch(() => undefined);
    return hello as AgentHello | undefined;
  }

  async #ask(
    method: string,
    path: string,
    options: RequestOptions,
  ): Promise<unknown> {
    try {
      return await this.#send(method, path, options);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await this.agent.start(() => this.#answers());
      return this.#send(method, path, options);
    }
  }

  async #answers(): Promise<boolean> {
    const hello = await this.hello();
    if (hello && hello.protocol !== PROTOCOL_VERSION)
      throw new ConflictError(
        `An agent of another version runs (process ${hello.pid}); stop the portal it belongs to first`,
      );
    return hello !== undefined;
  }

  #send(
    method: string,
    path: string,
    { query = {}, body, signal }: RequestOptions,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          socketPath: this.socketPath,
          method,
          path: `${path}?${new URLSearchParams(query)}`,
          headers: { 'content-type': 'application/json' },
          signal,
        },
        response => {
          answer(response).then(resolve, reject);
        },
      );
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

interface RequestOptions {
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

const errors: Record<string, new (message: string) => Error> = {
  ConflictError,
  InputError,
  NotFoundError,
};

async function answer(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const content = text ? JSON.parse(text) : undefined;
  if ((response.statusCode ?? 500) < 400) return content;
  const Known = errors[content?.name] ?? Error;
  throw new Known(
    content?.message ?? `The agent answered ${response.statusCode}`,
  );
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ECONNREFUSED', 'ECONNRESET'].includes(
    errorCode(error) ?? '',
  );
}
