import type { HealthCheck } from '@slipway/backstage-plugin-delivery-common';
import { request } from 'node:http';

// So long a release may take until it listens, before that is taken for a copy that is stuck.
const startupMs = 60_000;

interface Problem {
  message: string;
  /** Nobody listens. */
  refused: boolean;
}

/** Asks one copy over HTTP how it is, again and again, and tells when the answer has changed. */
export class HealthProbe {
  #timer?: NodeJS.Timeout;
  #stopped = false;
  #good = 0;
  #bad = 0;
  #answered = false;
  readonly #since = Date.now();

  constructor(
    private readonly options: {
      /**
       * For readiness people are waiting, so it is asked more often than the period says until the first good answer.
       * Liveness ends the copy, so it is asked at its period, and a copy that does not listen yet is starting, not bad.
       */
      of: 'readiness' | 'liveness';
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
    const { of, check, onGood, onBad } = this.options;
    const problem = await this.#problem();
    if (this.#stopped) return;
    if (!problem) {
      this.#bad = 0;
      this.#good += 1;
      if (this.#good >= (check.successThreshold ?? 1)) onGood();
    } else if (!this.#isStarting(problem)) {
      this.#good = 0;
      this.#bad += 1;
      if (this.#bad >= (check.failureThreshold ?? 3)) onBad(problem.message);
    }
    const period = (check.periodSeconds ?? 2) * 1000;
    const eager = of === 'readiness' && !this.#good;
    this.#schedule(eager ? Math.min(period, 250) : period);
  }

  #isStarting({ refused }: Problem): boolean {
    return (
      this.options.of === 'liveness' &&
      refused &&
      !this.#answered &&
      Date.now() - this.#since < startupMs
    );
  }

  #problem(): Promise<Problem | undefined> {
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
          this.#answered = true;
          const status = response.statusCode ?? 0;
          const good = lenient ? status < 500 : status >= 200 && status < 400;
          resolve(
            good
              ? undefined
              : { message: `${path} answers ${status}`, refused: false },
          );
        },
      );
      asked.on('error', error => {
        const code = 'code' in error ? error.code : undefined;
        const late = ['AbortError', 'TimeoutError'].includes(error.name);
        resolve({
          message: late
            ? `${path} does not answer within ${seconds} s`
            : `${path} cannot be reached (${code ?? error.message})`,
          refused: code === 'ECONNREFUSED',
        });
      });
      asked.end();
    });
  }
}
