import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Twenty replicas until Monday morning.',
    example: stringify({
      steps: [
        {
          id: 'scale',
          name: 'Make room for the sale',
          action: 'slipway:scale',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'production',
            replicas: 20,
            until: '2026-11-30T09:00:00+01:00',
            reason: 'Black Friday',
          },
        },
      ],
    }),
  },
];
