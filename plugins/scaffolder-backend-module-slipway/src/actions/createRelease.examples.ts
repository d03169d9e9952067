import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Releases the commit that was just published.',
    example: stringify({
      steps: [
        {
          id: 'release',
          name: 'Release',
          action: 'slipway:release:create',
          input: {
            componentRef: 'component:default/checkout',
            version: '1.0.0',
            artifact: {
              kind: 'tarball',
              spec: { path: '${{ steps.publish.output.artifactPath }}' },
            },
            health: { readiness: { path: '/readyz' } },
            provenance: {
              commit: '${{ steps.publish.output.commitSha }}',
              authors: ['${{ user.ref }}'],
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Releases a version of an npm package.',
    example: stringify({
      steps: [
        {
          id: 'release',
          name: 'Release',
          action: 'slipway:release:create',
          input: {
            componentRef: 'component:default/files',
            version: '14.1.1',
            artifact: {
              kind: 'npm',
              spec: {
                package: 'http-server',
                version: '14.1.1',
                args: ['-p', '{port}'],
              },
            },
          },
        },
      ],
    }),
  },
];
