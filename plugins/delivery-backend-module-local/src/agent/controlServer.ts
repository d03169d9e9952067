import { InputError, NotFoundError } from '@backstage/errors';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Agent } from './Agent';
import {
  type AgentDesired,
  type AgentHello,
  type ProbeRequest,
  PROTOCOL_VERSION,
} from './protocol';

const maxBody = 4 * 1024 * 1024;

const statusOf: Record<string, number> = {
  InputError: 400,
  NotFoundError: 404,
  ConflictError: 409,
};

/**
 * What the backend may ask of the agent, as JSON over HTTP on a Unix socket in a folder that only this user can enter.
 */
export function createControlServer(agent: Agent): Server {
  return createServer((req, res) => {
    handle(agent, req)
      .then(answer => send(res, answer === undefined ? 204 : 200, answer))
      .catch(error => {
        const known = error instanceof Error ? statusOf[error.name] : undefined;
        send(res, known ?? 500, {
          name: error?.name ?? 'Error',
          message: error?.message ?? String(error),
        });
      });
  });
}

async function handle(agent: Agent, req: IncomingMessage): Promise<unknown> {
  const url = new URL(req.url ?? '/', 'http://agent');
  const key = url.searchParams.get('target') ?? '';
  const releaseId = url.searchParams.get('releaseId') ?? '';
  switch (`${req.method} ${url.pathname}`) {
    case 'GET /hello':
      return {
        protocol: PROTOCOL_VERSION,
        pid: process.pid,
      } satisfies AgentHello;
    case 'POST /touch':
      agent.touch(Number(url.searchParams.get('seconds')));
      return undefined;
    case 'PUT /target':
      return agent.apply(key, (await body(req)) as AgentDesired);
    case 'GET /target':
      return agent.observe(key) ?? null;
    case 'GET /numbers':
      return agent.numbers(
        key,
        releaseId,
        Number(url.searchParams.get('since')),
      );
    case 'GET /seconds':
      return agent.seconds(
        key,
        releaseId,
        Number(url.searchParams.get('since')),
      );
    case 'GET /load':
      return agent.load();
    case 'GET /logs':
      return agent.logs(key, releaseId, Number(url.searchParams.get('tail')));
    case 'POST /probe':
      await agent.probe(key, (await body(req)) as ProbeRequest);
      return undefined;
    default:
      throw new NotFoundError(`${req.method} ${url.pathname}`);
  }
}

async function body(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > maxBody) throw new InputError('The request is too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(res: ServerResponse, status: number, content: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(content === undefined ? undefined : JSON.stringify(content));
}
