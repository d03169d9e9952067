import { InputError } from '@backstage/errors';
import type { DeliveryAnalysisProvider } from '@slipway/backstage-plugin-delivery-node';

const MAX_TIMEOUT_SECONDS = 30;
const DEFAULT_TIMEOUT_SECONDS = 10;

/** One request and what to take from its answer. */
export interface WebQuery {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  jsonPath?: string;
  timeoutMs: number;
}

/** JSON Schema (2020-12) of what people write under `web`. */
export const webQuerySchema: DeliveryAnalysisProvider['schema'] = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: {
      type: 'string',
      minLength: 1,
      maxLength: 2048,
      pattern: '^https?://',
      description:
        'What to read. Must be permitted by delivery.web.allow; without user name and password.',
    },
    method: { enum: ['GET', 'POST'], default: 'GET' },
    headers: {
      type: 'object',
      maxProperties: 50,
      additionalProperties: { type: 'string', maxLength: 4096 },
      description:
        'Plain values. They are stored and shown as they are: not the place for secrets.',
    },
    body: {
      type: ['object', 'array', 'string'],
      description:
        'For POST. Objects and lists are sent as JSON, a string as it is.',
    },
    jsonPath: {
      type: 'string',
      pattern: '^\\$',
      maxLength: 500,
      description:
        'What to take from the document, such as $.data.value. Filters and scripts are not evaluated. The whole document when left out.',
    },
    timeoutSeconds: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: MAX_TIMEOUT_SECONDS,
      default: DEFAULT_TIMEOUT_SECONDS,
    },
  },
  dependentSchemas: {
    body: { required: ['method'], properties: { method: { const: 'POST' } } },
  },
};

// What the connection itself is made of. A `Host` of the query's own would reach another site than the permitted one.
const RESERVED_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Reads a query. Throws `InputError` for all that the schema cannot say, and for what it says too, since a stored query
 * may be older than the schema. Errors name keys, never values.
 */
export function parseWebQuery(
  query: Readonly<Record<string, unknown>>,
): WebQuery {
  const { method = 'GET', body, jsonPath } = query;
  if (method !== 'GET' && method !== 'POST') {
    throw new InputError("'method' must be GET or POST");
  }
  if (body !== undefined && method !== 'POST') {
    throw new InputError("'body' needs 'method: POST'");
  }
  if (
    jsonPath !== undefined &&
    !(typeof jsonPath === 'string' && jsonPath.startsWith('$'))
  ) {
    throw new InputError("'jsonPath' must start with $, such as $.data.value");
  }
  const headers = parseHeaders(query.headers);
  if (body !== undefined && typeof body !== 'string') {
    headers['content-type'] ??= 'application/json';
  }
  return {
    url: parseUrl(query.url),
    method,
    headers,
    body:
      body === undefined || typeof body === 'string'
        ? body
        : JSON.stringify(body),
    jsonPath,
    timeoutMs: parseTimeout(query.timeoutSeconds) * 1000,
  };
}

function parseUrl(text: unknown): URL {
  if (typeof text !== 'string' || !URL.canParse(text)) {
    throw new InputError(
      "'url' must be a URL, such as https://metrics.example.com/errors",
    );
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError("'url' must start with https:// or http://");
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(
      "'url' must not hold a user name or password: queries are stored and shown as they are",
    );
  }
  return url;
}

function parseHeaders(headers: unknown): Record<string, string> {
  if (headers === undefined) return {};
  if (typeof headers !== 'object' || headers === null) {
    throw new InputError("'headers' must map names to strings");
  }
  const parsed: Record<string, string> = {};
  for (const [written, value] of Object.entries(headers)) {
    const name = written.toLowerCase();
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) {
      throw new InputError("'headers' has a name that HTTP does not permit");
    }
    if (RESERVED_HEADERS.has(name)) {
      throw new InputError(`'headers' must not set '${name}'`);
    }
    if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw new InputError(
        `'headers.${name}' must be a string of printable ASCII characters in one line`,
      );
    }
    parsed[name] = value;
  }
  return parsed;
}

function parseTimeout(seconds: unknown = DEFAULT_TIMEOUT_SECONDS): number {
  if (
    typeof seconds !== 'number' ||
    !(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)
  ) {
    throw new InputError(
      `'timeoutSeconds' must be more than 0 and at most ${MAX_TIMEOUT_SECONDS}`,
    );
  }
  return seconds;
}
