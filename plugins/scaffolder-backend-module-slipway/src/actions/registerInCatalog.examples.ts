import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Registers what was just published.',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register',
          action: 'slipway:catalog:register',
          input: { repository: '${{ parameters.name }}' },
        },
      ],
    }),
  },
];
