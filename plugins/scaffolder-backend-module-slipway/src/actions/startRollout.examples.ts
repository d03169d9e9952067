import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Rolls the new release out to development and waits.',
    example: stringify({
      steps: [
        {
          id: 'rollout',
          name: 'Roll out to development',
          action: 'slipway:rollout:start',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'development',
            releaseId: '${{ steps.release.output.releaseId }}',
            replicas: 2,
          },
        },
      ],
    }),
  },
  {
    description: 'Starts a canary of its own steps in production.',
    example: stringify({
      steps: [
        {
          id: 'rollout',
          name: 'Roll out to production',
          action: 'slipway:rollout:start',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'resource:default/production',
            version: '1.1.0',
            strategy: {
              canary: { steps: [{ setWeight: 10 }, { pause: {} }] },
            },
            reason: 'The sale starts on Friday',
            wait: false,
          },
        },
      ],
    }),
  },
];
