import type {
  LoadSource,
  ObservedTarget,
  ScalingEnvironment,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';

import { TestControl } from './TestControl';
import { TestPolicies } from './TestPolicies';

/** Shows what a test puts into it, by the environment's name. */
export class TestProvider implements ScalingProvider {
  readonly name = 'test';
  readonly title = 'Test';
  readonly runtimes = ['test'];
  readonly control = new TestControl();
  readonly autoscalers = new TestPolicies(this.control);
  /** While it is there, there are no autoscalers. */
  load?: LoadSource;
  readonly shows: Record<string, ObservedTarget[] | Error> = {};

  get policies(): TestPolicies | undefined {
    return this.load ? undefined : this.autoscalers;
  }

  async observe({ name }: ScalingEnvironment): Promise<ObservedTarget[]> {
    const shown = this.shows[name] ?? [];
    if (shown instanceof Error) throw shown;
    return shown;
  }
}

/** A Deployment that an autoscaler keeps at two replicas, at half of its target. */
export function observed(
  component: string,
  more: Partial<ObservedTarget> = {},
): ObservedTarget {
  return {
    componentRef: `component:default/${component}`,
    workload: `Deployment/${component}`,
    driver: { kind: 'hpa', name: component },
    currentReplicas: 2,
    readyReplicas: 2,
    desiredReplicas: 2,
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [{ name: 'cpu', current: '40 %', target: '80 %', ratio: 0.5 }],
    conditions: [],
    recommendations: [],
    events: [],
    ...more,
  };
}
