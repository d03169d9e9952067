import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Two to ten replicas by CPU, and none in development at night.',
    example: stringify({
      steps: [
        {
          id: 'policy',
          name: 'Scale by load',
          action: 'slipway:scaling-policy:apply',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'development',
            reason: 'Nobody is there at night',
            policy: {
              apiVersion: 'slipway.dev/v1alpha1',
              kind: 'ScalingPolicy',
              metadata: { name: 'checkout' },
              spec: {
                replicas: { development: { min: 2, max: 10 } },
                metrics: [{ type: 'cpu', targetUtilization: 70 }],
                schedules: [
                  {
                    name: 'night',
                    start: '2026-01-01T20:00',
                    timeZone: 'Europe/Berlin',
                    duration: '11h',
                    recurrence: 'FREQ=DAILY',
                    replicas: { min: 0, max: 0 },
                  },
                ],
              },
            },
          },
        },
      ],
    }),
  },
];
