import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Brings production back to the release before.',
    example: stringify({
      steps: [
        {
          id: 'rollback',
          name: 'Roll back',
          action: 'slipway:rollback',
          input: {
            componentRef: 'component:default/checkout',
            environment: 'production',
            reason: 'Payments fail since 10:40',
          },
        },
      ],
    }),
  },
];
