import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Two hours in a freeze, when those agree whom it names.',
    example: stringify({
      steps: [
        {
          id: 'window',
          name: 'Ask for two hours',
          action: 'slipway:window:request',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'production',
            hours: 2,
            reason: 'Customers cannot pay',
          },
        },
      ],
    }),
  },
  {
    description: 'Asks for a night to come, and does not wait.',
    example: stringify({
      steps: [
        {
          id: 'window',
          name: 'Ask for the night',
          action: 'slipway:window:request',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'production',
            from: '2026-12-21T22:00:00+01:00',
            hours: 6,
            reason: 'The new tax rates',
            wait: false,
          },
        },
      ],
    }),
  },
];
