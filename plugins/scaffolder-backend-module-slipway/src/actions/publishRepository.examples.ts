import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Makes a new repository of all files of the workspace.',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Publish',
          action: 'slipway:repo:publish',
          input: {
            name: '${{ parameters.name }}',
            description: '${{ parameters.description }}',
            onExisting: 'fail',
          },
        },
      ],
    }),
  },
  {
    description: 'Puts a new commit on top of an existing repository.',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Publish',
          action: 'slipway:repo:publish',
          input: {
            name: 'checkout',
            sourcePath: './checkout',
            commitMessage: 'Release 1.1.0',
          },
        },
      ],
    }),
  },
];
