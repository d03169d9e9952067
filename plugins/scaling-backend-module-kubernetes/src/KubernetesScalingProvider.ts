import type {
  CoreV1Event,
  V1Deployment,
  V1PodDisruptionBudget,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type {
  ObservedTarget,
  ScalingComponent,
  ScalingEnvironment,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';
import type { ClusterReader } from './clusters/ClusterReader';
import { readPlace } from './clusters/readPlace';
import type { KubernetesReplicaControl } from './control/KubernetesReplicaControl';
import type { KubernetesPolicyControl } from './policies/KubernetesPolicyControl';
import { componentOf } from './objects/componentOf';
import {
  autoscalers,
  deployments,
  disruptionBudgets,
  events,
  type ScaledObject,
  scaledObjects,
  type VerticalPodAutoscaler,
  verticalAutoscalers,
} from './objects/kinds';
import { targetOf } from './objects/targetOf';

/** Deployments of components, with the HorizontalPodAutoscaler, ScaledObject or nothing that drives them. */
export class KubernetesScalingProvider implements ScalingProvider {
  readonly name = 'kubernetes';
  readonly title = 'Kubernetes';
  readonly runtimes = ['kubernetes'];

  constructor(
    private readonly clusters: ClusterReader,
    readonly control: KubernetesReplicaControl,
    readonly policies: KubernetesPolicyControl,
  ) {}

  async observe(
    environment: ScalingEnvironment,
    components: ScalingComponent[],
    { signal }: { signal: AbortSignal },
  ): Promise<ObservedTarget[]> {
    const place = readPlace(environment);
    const { clusters } = this;
    const [found, hpas, told, scaled, verticals, budgets] = await Promise.all([
      clusters.list<V1Deployment>(place, deployments, signal),
      clusters.list<V2HorizontalPodAutoscaler>(place, autoscalers, signal),
      clusters.list<CoreV1Event>(place, events, signal),
      clusters.listOptional<ScaledObject>(place, scaledObjects, signal),
      clusters.listOptional<VerticalPodAutoscaler>(
        place,
        verticalAutoscalers,
        signal,
      ),
      clusters.listAllowed<V1PodDisruptionBudget>(
        place,
        disruptionBudgets,
        signal,
      ),
    ]);
    const around = {
      budgets,
      hpas,
      events: told,
      scaledObjects: scaled,
      verticals,
    };
    return found.flatMap(deployment => {
      const owner = componentOf(
        deployment.metadata ?? {},
        environment.ref,
        place,
        components,
      );
      return owner ? [targetOf(deployment, owner, around)] : [];
    });
  }
}
