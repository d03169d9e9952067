import { InputError, isError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  AnalysisSubject,
  DeliveryAnalysisProvider,
  DeliveryCallContext,
  MeasuredSeries,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import { comparedSeries } from './comparedSeries';
import { measuredValue } from './measuredValue';
import type { PrometheusClient } from '@slipway/backstage-plugin-prometheus-node';
import {
  misuseOf,
  parsePrometheusQuery,
  type PrometheusQuery,
  prometheusQuerySchema,
} from './prometheusQuery';
import { type Role, variablesOf } from './variables';

// Of each release. Kayenta asks for 50; the comparison grows with the product of both.
const MAX_POINTS = 1000;

/** Judges and compares releases by what Prometheus knows of them. */
export class PrometheusAnalysisProvider implements DeliveryAnalysisProvider {
  readonly name = 'prometheus';
  readonly title = 'Prometheus';
  readonly schema = prometheusQuerySchema;
  readonly #clients: PrometheusClient[];
  readonly #now: () => number;

  constructor(options: { clients: PrometheusClient[]; now: () => number }) {
    this.#clients = options.clients;
    this.#now = options.now;
  }

  queryProblem(query: JsonObject, compared: boolean): string | undefined {
    try {
      const parsed = parsePrometheusQuery(query);
      this.#client(parsed);
      return misuseOf(parsed, compared);
    } catch (error) {
      if (isError(error) && error.name === 'InputError') return error.message;
      throw error;
    }
  }

  async measure(
    query: JsonObject,
    subject: AnalysisSubject,
    { signal }: DeliveryCallContext,
  ): Promise<MeasuredValue> {
    const parsed = parsePrometheusQuery(query);
    const { template, timeoutSeconds, windowSeconds } = parsed;
    const asksForStable = [...template.names].some(name =>
      name.startsWith('stable.'),
    );
    if (asksForStable && subject.stableReleaseId === undefined)
      return {
        result: null,
        message: 'there is no release before this one to compare with',
      };
    const window = Math.min(
      windowSeconds,
      Math.max(1, (this.#now() - subject.since) / 1000),
    );
    const text = template.render(variablesOf(subject, 'canary', { window }));
    const answer = await this.#client(parsed).instant(text, {
      signal,
      timeoutSeconds,
    });
    return measuredValue(answer, parsed, text);
  }

  /**
   * A point is what the query gives at the end of a step. The first step begins when traffic was last shifted, so that
   * none reaches back behind that.
   */
  async compare(
    query: JsonObject,
    subject: AnalysisSubject,
    { signal }: DeliveryCallContext,
  ): Promise<MeasuredSeries> {
    const parsed = parsePrometheusQuery(query);
    const { template, timeoutSeconds, unit, windowSeconds } = parsed;
    const ofUnit = unit ? { unit } : {};
    if (subject.stableReleaseId === undefined) return { canary: [], ...ofUnit };
    const client = this.#client(parsed);
    const step = parsed.stepSeconds ?? client.stepSeconds;
    const since = subject.since / 1000;
    const steps = Math.floor((this.#now() / 1000 - since) / step);
    const wanted = Math.min(
      steps,
      Math.floor(windowSeconds / step),
      MAX_POINTS,
    );
    if (wanted < 1)
      return {
        canary: [],
        stable: [],
        ...ofUnit,
        message: `the first point is there ${step} seconds after traffic was shifted`,
      };
    const range = {
      start: since + (steps - wanted + 1) * step,
      end: since + steps * step,
      step,
    };
    const ask = (role: Role) =>
      client.range(
        template.render(variablesOf(subject, role, { step })),
        range,
        { signal, timeoutSeconds },
      );
    const [canary, stable] = await Promise.all([ask('canary'), ask('stable')]);
    return comparedSeries({ canary, stable }, unit);
  }

  #client({ server }: Pick<PrometheusQuery, 'server'>): PrometheusClient {
    const names = this.#clients.map(({ name }) => `'${name}'`).join(', ');
    if (!names)
      throw new InputError(
        "No Prometheus is configured; name one in delivery.prometheus.servers of the backend's configuration",
      );
    if (server === undefined && this.#clients.length > 1)
      throw new InputError(
        `'server' must say which Prometheus is meant: ${names}`,
      );
    const client =
      server === undefined
        ? this.#clients[0]
        : this.#clients.find(({ name }) => name === server);
    if (!client)
      throw new InputError(
        `'server' names '${server}', and there are ${names}`,
      );
    return client;
  }
}
