import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Gets the files of a service to change them.',
    example: stringify({
      steps: [
        {
          id: 'checkout',
          name: 'Get the files',
          action: 'slipway:repo:checkout',
          input: { name: 'checkout' },
        },
      ],
    }),
  },
];
