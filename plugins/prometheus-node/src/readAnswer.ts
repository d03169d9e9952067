import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { Dispatcher } from 'undici';
import { answerSchema, type QueryAnswer } from './answer';
import type { ServerSettings } from './settings';

const MiB = 1024 * 1024;
const MAX_QUOTED = 400;

type Server = Pick<ServerSettings, 'name' | 'configKey'>;

/** What a Prometheus answers. Errors say in its own words what is wrong with the query, and quote nothing else of it. */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  { name, configKey }: Server,
  query: string,
  mostMiB: number,
): Promise<QueryAnswer> {
  const { statusCode } = response;
  const who = `Prometheus '${name}'`;
  if (statusCode >= 300 && statusCode < 400) {
    await response.body.dump();
    throw new InputError(
      `${who} answered with a redirect (status ${statusCode}), which is not followed; set ${configKey}.url to where its API is`,
    );
  }
  const text = await readText(response, who, mostMiB);
  const answer = answerSchema.safeParse(parse(text)).data;
  if (answer?.status === 'success')
    return { data: answer.data, warnings: answer.warnings ?? [] };
  if (answer) throw queryError(answer, who, query);
  throw statusError(statusCode, who, configKey);
}

async function readText(
  response: Dispatcher.ResponseData,
  who: string,
  mostMiB: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostMiB * MiB)
      throw new InputError(
        `${who} answered more than ${mostMiB} MiB; let the query give fewer series, as with sum(…)`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What Prometheus itself says: the kinds of errors are those of its API v1. */
function queryError(
  { errorType, error }: { errorType: string; error: string },
  who: string,
  query: string,
): Error {
  const words = `${shortened(error)}. The query was: ${shortened(query)}`;
  switch (errorType) {
    case 'bad_data':
      return new InputError(`${who} does not understand the query: ${words}`);
    case 'execution':
      return new InputError(`${who} cannot carry the query out: ${words}`);
    case 'timeout':
      return new ServiceUnavailableError(
        `${who} gave the query up after its time; make it cheaper, as with a recording rule, or raise 'timeoutSeconds': ${words}`,
      );
    default:
      return new ServiceUnavailableError(
        `${who} failed (${errorType}): ${words}`,
      );
  }
}

/** What answers without Prometheus' words is a proxy, or another server. */
function statusError(status: number, who: string, configKey: string): Error {
  if (status === 401 || status === 403)
    return new NotAllowedError(
      `${who} refuses us (status ${status}); check ${configKey}.auth`,
    );
  if (status === 429 || status >= 500)
    return new ServiceUnavailableError(
      `${who} answered with status ${status}; see what is wrong there`,
    );
  return new InputError(
    `${who} did not answer as Prometheus' API does (status ${status}); check ${configKey}.url`,
  );
}

function shortened(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
