import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Takes a release through its pipeline up to production.',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote',
          action: 'slipway:promote',
          input: {
            items: [
              { componentRef: 'component:default/checkout', version: '1.4.0' },
            ],
            toStage: 'production',
            reason: 'The sale begins on Friday',
          },
        },
      ],
    }),
  },
  {
    description:
      'Takes two components through all stages together. What one of them needs goes first, and one failure takes both back.',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote together',
          action: 'slipway:promote',
          input: {
            items: [
              { componentRef: 'component:default/checkout', version: '1.4.0' },
              { componentRef: 'component:default/ledger', version: '2.0.1' },
            ],
            wait: false,
          },
        },
      ],
    }),
  },
];
