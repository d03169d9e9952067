import type { Release } from '@slipway/backstage-plugin-delivery-common';
import { draftFrom, healthAt } from './draft';

const kinds = [
  {
    kind: 'npm',
    schema: {
      properties: {
        package: { type: 'string' },
        version: { type: 'string', 'x-follows-version': true },
        args: { type: 'array', items: { type: 'string' } },
      },
    },
  },
];

const last: Release = {
  id: 'one',
  componentRef: 'component:default/files',
  version: '13.1.0',
  digest: 'sha256:1',
  artifact: {
    kind: 'npm',
    reference: 'http-server@13.1.0',
    digest: 'sha512-1',
    spec: { package: 'http-server', version: '13.1.0', args: ['-p', '{port}'] },
  },
  configuration: {
    digest: 'sha256:2',
    values: { COLOR: 'blue' },
    environmentValues: { production: { COLOR: 'red' } },
    secretRefs: {},
  },
  health: { readiness: { path: '/ready', failureThreshold: 7 } },
  provenance: {},
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: 'user:default/ana',
  allowedActions: {},
};

describe('the draft of a next release', () => {
  it('is as the last one was, without what its version was about', () => {
    expect(draftFrom(last, kinds)).toEqual({
      kind: 'npm',
      typed: { package: 'http-server', args: '-p\n{port}' },
      variables: [
        { id: 1, environment: '', name: 'COLOR', value: 'blue' },
        { id: 2, environment: 'production', name: 'COLOR', value: 'red' },
      ],
      healthPath: '/ready',
    });
  });

  it('takes nothing of an artifact that no runtime here can run', () => {
    const draft = draftFrom(last, []);
    expect(draft).toMatchObject({ kind: undefined, typed: {} });
    expect(draft.variables).toHaveLength(2);
  });
});

describe('the health of a next release', () => {
  it('is checked as patiently as before, where it is wanted', () => {
    expect(healthAt('/health', last.health)).toEqual({
      readiness: { path: '/health', failureThreshold: 7 },
    });
    expect(healthAt('/', undefined)).toEqual({
      readiness: { path: '/' },
      liveness: { path: '/' },
    });
    expect(healthAt('', last.health)).toEqual({});
  });
});
