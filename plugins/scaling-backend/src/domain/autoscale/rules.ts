import type {
  ScalingBehavior,
  ScalingRules,
} from '@slipway/backstage-plugin-scaling-common';

type Rules = Required<ScalingRules>;

// What Kubernetes takes where a HorizontalPodAutoscaler (`autoscaling/v2`) says nothing.
const up: Rules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  tolerance: 0.1,
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const down: Rules = {
  stabilizationWindowSeconds: 300,
  selectPolicy: 'Max',
  tolerance: 0.1,
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/** How fast a policy goes, with what it leaves out filled in. */
export function rulesOf(behavior: ScalingBehavior | undefined): {
  up: Rules;
  down: Rules;
} {
  return {
    up: { ...up, ...behavior?.scaleUp },
    down: { ...down, ...behavior?.scaleDown },
  };
}
