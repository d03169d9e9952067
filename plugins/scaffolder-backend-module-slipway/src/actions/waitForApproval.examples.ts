import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Goes on when two platform engineers agree within a day.',
    example: stringify({
      steps: [
        {
          id: 'approval',
          name: 'Wait for the platform team',
          action: 'slipway:approval:wait',
          input: {
            title: 'A database of 2 TB for checkout',
            description: 'It grows by **50 GB** a month.',
            componentRef: 'component:default/checkout',
            details: { size: '2 TB', monthlyCost: '410 EUR' },
            approval: {
              rules: [{ group: 'group:default/platform', atLeast: 2 }],
              expiresAfter: '1d',
            },
          },
        },
      ],
    }),
  },
];
