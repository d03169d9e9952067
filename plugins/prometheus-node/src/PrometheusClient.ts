import {
  InputError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { EnvHttpProxyAgent, request } from 'undici';
import type { QueryAnswer } from './answer';
import { readAnswer } from './readAnswer';
import type { ServerSettings } from './settings';

/** @public */
export interface PrometheusCallOptions {
  /** As the server's configuration says when left out. */
  timeoutSeconds?: number;
  /** How large an answer may be, in MiB; 1 when left out. */
  mostMiB?: number;
  signal: AbortSignal;
}

/**
 * Asks one Prometheus. Throws `InputError` when asking again would not help, `NotAllowedError` when it does not let us
 * in, `ServiceUnavailableError` when asking again might help, and the reason of `signal` once that is aborted.
 *
 * @public
 */
export class PrometheusClient {
  readonly name: string;
  readonly stepSeconds: number;
  readonly #settings: ServerSettings;
  readonly #dispatcher: EnvHttpProxyAgent;

  constructor(settings: ServerSettings) {
    const { ca, name, stepSeconds } = settings;
    this.name = name;
    this.stepSeconds = stepSeconds;
    this.#settings = settings;
    // Goes through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, as all that a backend asks of the outside.
    this.#dispatcher = new EnvHttpProxyAgent({
      allowH2: false,
      ...(ca && { connect: { ca }, requestTls: { ca } }),
    });
  }

  /** What a query gives at an instant, in seconds; now, by the clock of Prometheus, when that is left out. */
  async instant(
    query: string,
    { at, ...options }: PrometheusCallOptions & { at?: number },
  ): Promise<QueryAnswer> {
    return this.#ask(
      'query',
      { query, ...(at !== undefined && { time: String(at) }) },
      options,
    );
  }

  /** What it gives at each step from `start` to `end`; all in seconds. */
  async range(
    query: string,
    { start, end, step }: { start: number; end: number; step: number },
    options: PrometheusCallOptions,
  ): Promise<QueryAnswer> {
    return this.#ask(
      'query_range',
      { query, start: String(start), end: String(end), step: String(step) },
      options,
    );
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
  }

  async #ask(
    path: string,
    parameters: Record<string, string>,
    options: PrometheusCallOptions,
  ): Promise<QueryAnswer> {
    const { authorization, url } = this.#settings;
    const seconds = options.timeoutSeconds ?? this.#settings.timeoutSeconds;
    const deadline = AbortSignal.timeout(seconds * 1000);
    try {
      const response = await request(`${url}/api/v1/${path}`, {
        dispatcher: this.#dispatcher,
        // In the body: queries can be longer than a URL may be.
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          'user-agent': 'slipway-prometheus',
          ...(authorization && { authorization }),
        },
        body: new URLSearchParams({
          ...parameters,
          // A little less than ours, so that its own words arrive.
          timeout: String(seconds * 0.9),
          // Thanos: an error rather than half of the truth. Prometheus does not know it and does not mind.
          partial_response: 'false',
        }).toString(),
        signal: AbortSignal.any([options.signal, deadline]),
      });
      return await readAnswer(
        response,
        this.#settings,
        parameters.query,
        options.mostMiB ?? 1,
      );
    } catch (error) {
      if (isOurs(error)) throw error;
      options.signal.throwIfAborted();
      if (deadline.aborted)
        throw new ServiceUnavailableError(
          `Prometheus '${this.name}' did not answer within ${seconds} seconds; make the query cheaper, as with a recording rule, or raise 'timeoutSeconds'`,
        );
      // No cause: errors of the HTTP parser carry what was received.
      throw new ServiceUnavailableError(
        `Prometheus '${this.name}' could not be reached (${codeOf(error)}); check that it runs, and ${this.#settings.configKey}`,
      );
    }
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
