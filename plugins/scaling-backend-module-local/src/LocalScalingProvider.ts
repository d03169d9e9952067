import type { AuthService } from '@backstage/backend-plugin-api';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import type {
  ObservedTarget,
  ScalingComponent,
  ScalingEnvironment,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';
import { targetOf } from './targetOf';

const pageSize = 200;

/** What delivery runs in its embedded runtime, as delivery tells it. */
export class LocalScalingProvider implements ScalingProvider {
  readonly name = 'local';
  readonly title = 'Embedded runtime';
  readonly runtimes = ['local'];

  constructor(
    private readonly options: { auth: AuthService; client: DeliveryClient },
  ) {}

  async observe(
    { ref }: ScalingEnvironment,
    components: ScalingComponent[],
    { signal }: { signal: AbortSignal },
  ): Promise<ObservedTarget[]> {
    const { auth, client } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'delivery',
    });
    const known = new Set(components.map(component => component.ref));
    const targets: ObservedTarget[] = [];
    let cursor: string | undefined;
    do {
      const { items, page } = await client.listDeployments(
        { environmentRef: ref, limit: pageSize, cursor },
        { token, signal },
      );
      for (const deployment of items) {
        const target = targetOf(deployment);
        if (target && known.has(target.componentRef)) targets.push(target);
      }
      cursor = page.nextCursor;
    } while (cursor);
    return targets;
  }
}
