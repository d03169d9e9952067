import type { HealthCheck } from '@slipway/backstage-plugin-delivery-common';
import { request } from 'node:http';

/** Asks one copy over HTTP how it is, again and again, and tells when the answer has changed. */
export class HealthProbe {
  #timer?: NodeJS.Timeout;
  #stopped = false;
  #good = 0;
  #bad = 0;
  /** What the last bad answer was. */
  message?: string;

  constructor(
    private readonly options: {
      port: number;
      check: HealthCheck;
      /** Whether anything below 500 is good, for releases that say nothing about their health. */
      lenient: boolean;
      onGood(): void;
      onBad(message: string): void;
    },
  ) {
    this.#schedule((options.check.initialDelaySeconds ?? 0) * 1000);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#ask();
    }, ms);
  }

  async #ask(): Promise<void> {
    const { check, onGood, onBad } = this.options;
    const problem = await this.#problem();
    if (this.#stopped) return;
    if (problem) {
      this.message = problem;
      this.#good = 0;
      this.#bad += 1;
      if (this.#bad >= (check.failureThreshold ?? 3)) onBad(problem);
    } else {
      this.message = undefined;
      this.#bad = 0;
      this.#good += 1;
      if (this.#good >= (check.successThreshold ?? 1)) onGood();
    }
    // Until the first good answer people are waiting, so it is asked more often than the period says.
    const period = (check.periodSeconds ?? 2) * 1000;
    this.#schedule(this.#good ? period : Math.min(period, 250));
  }

  #problem(): Promise<string | undefined> {
    const { port, check, lenient } = this.options;
    const path = check.path ?? '/';
    const seconds = check.timeoutSeconds ?? 2;
    return new Promise(resolve => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          headers: { 'user-agent': 'slipway-health' },
          agent: false,
          signal: AbortSignal.timeout(seconds * 1000),
        },
        response => {
          response.resume();
          const status = response.statusCode ?? 0;
          const good = lenient ? status < 500 : status >= 200 && status < 400;
          resolve(good ? undefined : `${path} answers ${status}`);
        },
      );
      asked.on('error', error => {
        resolve(
          error.name === 'AbortError' || error.name === 'TimeoutError'
            ? `${path} does not answer within ${seconds} s`
            : `${path} cannot be reached (${'code' in error ? error.code : error.message})`,
        );
      });
      asked.end();
    });
  }
}
