import type { AuthService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import type {
  ObservedTarget,
  ScalingComponent,
  ScalingEnvironment,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';
import type { LoadMeter } from './LoadMeter';
import { LocalLoadSource } from './LocalLoadSource';
import { targetOf } from './targetOf';

const pageSize = 200;

/** What delivery runs in its embedded runtime, as delivery tells it. */
export class LocalScalingProvider implements ScalingProvider {
  readonly name = 'local';
  readonly title = 'Embedded runtime';
  readonly runtimes = ['local'];

  readonly load: LocalLoadSource;

  constructor(
    private readonly options: {
      auth: AuthService;
      client: DeliveryClient;
      meter: LoadMeter;
    },
  ) {
    this.load = new LocalLoadSource(options.meter);
  }

  async observe(
    { ref }: ScalingEnvironment,
    components: ScalingComponent[],
    { signal }: { signal: AbortSignal },
  ): Promise<ObservedTarget[]> {
    const { auth, client, meter } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'delivery',
    });
    const known = new Set(components.map(component => component.ref));
    // How many there are is known without it.
    const loads = await meter
      .measure(signal)
      .catch((error: unknown) => toError(error));
    const targets: ObservedTarget[] = [];
    let cursor: string | undefined;
    do {
      const { items, page } = await client.listDeployments(
        { environmentRef: ref, limit: pageSize, cursor },
        { token, signal },
      );
      for (const deployment of items) {
        const target = targetOf(deployment, loads);
        if (target && known.has(target.componentRef)) targets.push(target);
      }
      cursor = page.nextCursor;
    } while (cursor);
    return targets;
  }
}
