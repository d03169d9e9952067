import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Sets the version of a package and nothing else.',
    example: stringify({
      steps: [
        {
          id: 'version',
          name: 'Set the version',
          action: 'slipway:workspace:merge-json',
          input: {
            path: 'package.json',
            content: { version: '${{ parameters.version }}' },
          },
        },
      ],
    }),
  },
];
