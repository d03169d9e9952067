import {
  InputError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Agent, request } from 'undici';
import type { AllowList } from './AllowList';
import { createCheckedLookup, type Resolve } from './checkedLookup';
import { readJsonAnswer } from './readJsonAnswer';
import { effectivePort, originOf } from './urls';
import type { WebQuery } from './webQuery';

/**
 * Sends one request and answers the JSON document. Throws `NotAllowedError` when the allow-list does not permit it,
 * `InputError` when asking again would not help, `ServiceUnavailableError` when it might, and the reason of `signal`
 * once that is aborted.
 */
export async function requestJson(
  query: WebQuery,
  options: { allowList: AllowList; resolve: Resolve; signal: AbortSignal },
): Promise<unknown> {
  const { allowList, resolve, signal } = options;
  const { url, timeoutMs } = query;
  allowList.assertPermitsUrl(url);

  const deadline = AbortSignal.timeout(timeoutMs);
  // One for each request: a kept connection would outlive the check that it was opened under.
  const agent = new Agent({
    allowH2: false,
    connect: {
      lookup: createCheckedLookup({
        allowList,
        port: effectivePort(url),
        resolve,
      }),
      timeout: timeoutMs,
    },
    // The deadline covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const response = await request(url, {
      dispatcher: agent,
      method: query.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'slipway-delivery-web',
        ...query.headers,
      },
      body: query.body,
      signal: AbortSignal.any([signal, deadline]),
    });
    return await readJsonAnswer(response, originOf(url));
  } catch (error) {
    if (isOurs(error)) throw error;
    signal.throwIfAborted();
    if (deadline.aborted) {
      throw new ServiceUnavailableError(
        `${originOf(url)} did not answer completely within ${timeoutMs / 1000} seconds; raise 'timeoutSeconds' (at most 30) or make it faster`,
      );
    }
    // No cause: errors of the HTTP parser carry what was received.
    throw new ServiceUnavailableError(
      `${originOf(url)} could not be read (${codeOf(error)}); check that it runs and can be reached from the backend`,
    );
  } finally {
    await agent.destroy();
  }
}

function isOurs(error: unknown): boolean {
  return (
    error instanceof InputError ||
    error instanceof NotAllowedError ||
    error instanceof ServiceUnavailableError
  );
}

function codeOf(error: unknown): string {
  return isError(error) && typeof error.code === 'string'
    ? error.code
    : 'unknown cause';
}
