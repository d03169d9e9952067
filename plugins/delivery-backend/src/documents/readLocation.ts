import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { DocumentLocation } from './settings';

const mostBytes = 256 * 1024;
const timeoutMs = 10_000;

/** What is at a location. */
export interface ReadText {
  text: string;
  /** Of this version, where its host gives one. */
  etag?: string;
}

/**
 * Reads the text at a location. Throws an `Error` when it does not answer in time, is too big or no UTF-8, and a
 * `NotModifiedError` when it is the version of `etag`.
 */
export async function readLocation(
  { type, target }: DocumentLocation,
  options: { urlReader: UrlReaderService; signal?: AbortSignal; etag?: string },
): Promise<ReadText> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal
    ? AbortSignal.any([options.signal, timeout])
    : timeout;
  const reading =
    type === 'file'
      ? readFile(target, signal)
      : readUrl(target, options, signal);
  // A reader may not heed the signal.
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () =>
      reject(
        new Error(
          timeout.aborted
            ? `did not answer within ${timeoutMs / 1000} s`
            : 'reading was stopped',
        ),
      );
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([reading, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readFile(path: string, signal: AbortSignal): Promise<ReadText> {
  const stream = createReadStream(resolve(path), { signal });
  return { text: await collect(stream, signal) };
}

async function readUrl(
  url: string,
  { urlReader, etag: known }: { urlReader: UrlReaderService; etag?: string },
  signal: AbortSignal,
): Promise<ReadText> {
  const response = await urlReader.readUrl(url, {
    signal,
    ...(known && { etag: known }),
  });
  const text = await collect(
    response.stream?.() ?? Readable.from([await response.buffer()]),
    signal,
  );
  const { etag } = response;
  return { text, ...(etag && { etag }) };
}

async function collect(stream: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    signal.throwIfAborted();
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes)
      throw new Error(`is bigger than ${mostBytes / 1024} KiB`);
    chunks.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Buffer.concat(chunks),
    );
  } catch {
    throw new Error('is not UTF-8 text');
  }
}
