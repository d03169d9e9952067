import type { AuthService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  AnalysisGate,
  Gate,
  GateMeasurement,
  GateMetric,
  Measurement,
} from '@slipway/backstage-plugin-delivery-common';
import type { AnalysisSubject } from '@slipway/backstage-plugin-delivery-node';
import { durationMs } from '@slipway/backstage-plugin-slipway-node';
import type { CatalogReader } from '../../catalog/CatalogReader';
import { judge } from '../../domain/analysis/judge';
import type { UpstreamFacts } from '../../domain/gates/facts';
import type { DeliveryRegistry } from '../../registry/DeliveryRegistry';

/** Whoever waits for a page, or votes, waits for this. */
const longestMs = 5000;

/** A stage before the one that is asked for, and where it is. */
type Upstream = UpstreamFacts & { environmentRef: string };

interface MeasuredRelease {
  id: string;
  componentRef: string;
  version: string;
}

/** Measures what analysis gates ask for, as it is at this moment. */
export class GateAnalyses {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      registry: DeliveryRegistry;
      now: () => number;
    },
  ) {}

  /** Of each analysis gate, in their order. What cannot be measured is an error among the measurements. */
  async measure(
    gates: Gate[],
    release: MeasuredRelease,
    upstream: Upstream[],
  ): Promise<GateMeasurement[][]> {
    return Promise.all(
      gates.flatMap(({ analysis }) =>
        analysis ? [this.gate(analysis, release, upstream)] : [],
      ),
    );
  }

  private async gate(
    { metrics, window }: AnalysisGate,
    release: MeasuredRelease,
    upstream: Upstream[],
  ): Promise<GateMeasurement[]> {
    const { now } = this.options;
    const furthest = window === undefined ? 0 : now() - durationMs(window);
    const running = upstream.filter(
      ({ since, until }) => since !== undefined && until === undefined,
    );
    const ofStages = await Promise.all(
      running.map(async ({ stage, environmentName, environmentRef, since }) => {
        const subject = await this.subject(
          release,
          environmentRef,
          Math.max(furthest, since ?? 0),
        );
        return Promise.all(
          metrics.map(async metric => ({
            name: metric.name,
            stage,
            environmentName,
            measurement: await this.one(metric, subject, environmentName),
          })),
        );
      }),
    );
    return ofStages.flat();
  }

  private async subject(
    release: MeasuredRelease,
    environmentRef: string,
    since: number,
  ): Promise<AnalysisSubject | undefined> {
    const { auth, catalog } = this.options;
    const environment = await catalog.environment(
      environmentRef,
      await auth.getOwnServiceCredentials(),
    );
    return (
      environment && {
        target: {
          componentRef: release.componentRef,
          environmentRef,
          environmentName: environment.name,
          settings: environment.settings,
        },
        releaseId: release.id,
        version: release.version,
        since,
      }
    );
  }

  private async one(
    metric: GateMetric,
    subject: AnalysisSubject | undefined,
    environmentName: string,
  ): Promise<Measurement> {
    const { now, registry } = this.options;
    const [name, query] = Object.entries(metric.provider)[0];
    try {
      if (!subject)
        throw new Error(`the catalog has no environment ${environmentName}`);
      const measured = await registry
        .getProvider(name)
        .measure(query as JsonObject, subject, {
          signal: AbortSignal.timeout(longestMs),
          idempotencyKey: `gates/${subject.releaseId}/${subject.target.environmentRef}/${metric.name}/${now()}`,
        });
      return judge(metric, measured, now());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return judge(metric, { error: message }, now());
    }
  }
}
