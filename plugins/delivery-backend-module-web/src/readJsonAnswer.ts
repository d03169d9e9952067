import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { Dispatcher } from 'undici';

const MAX_BYTES = 1024 * 1024;

/** The JSON document of an answer. Errors describe the answer from `origin` and quote nothing of it. */
export async function readJsonAnswer(
  response: Dispatcher.ResponseData,
  origin: string,
): Promise<unknown> {
  checkHead(response, origin);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw tooLarge(origin);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the document.
    throw new InputError(
      `${origin} answered something that is not valid JSON; 'url' must lead to a JSON document`,
    );
  }
}

function checkHead(response: Dispatcher.ResponseData, origin: string): void {
  const { statusCode, headers } = response;
  if (statusCode >= 300 && statusCode < 400) {
    throw new InputError(
      `${origin} answered with a redirect (status ${statusCode}), and redirects are not followed; set 'url' to where it leads`,
    );
  }
  if (statusCode === 429 || statusCode >= 500) {
    throw new ServiceUnavailableError(
      `${origin} answered with status ${statusCode}; see what is wrong there`,
    );
  }
  if (statusCode < 200 || statusCode >= 400) {
    throw new InputError(
      `${origin} answered with status ${statusCode}; check 'url', 'method', 'headers' and 'body'`,
    );
  }
  if (!isJson(String(headers['content-type'] ?? ''))) {
    throw new InputError(
      `${origin} did not answer JSON; its Content-Type must be application/json or end in +json`,
    );
  }
  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding.trim().toLowerCase() !== 'identity') {
    // A small compressed answer may unpack to any size.
    throw new InputError(
      `${origin} answered compressed, though that was not asked for; turn compression off there`,
    );
  }
  if (Number(headers['content-length'] ?? 0) > MAX_BYTES)
    throw tooLarge(origin);
}

function isJson(contentType: string): boolean {
  const mediaType = contentType.split(';')[0].trim().toLowerCase();
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}

function tooLarge(origin: string): InputError {
  return new InputError(
    `${origin} answered more than 1 MiB; let 'url' ask for less`,
  );
}
