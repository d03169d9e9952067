import {
  identityOf,
  labels,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readManifests } from './readManifests';
import { stampManifests } from './stampManifests';

const identity = identityOf({
  componentRef: 'component:default/shop',
  environmentRef: 'resource:default/production',
});

/** As much of what comes out as is looked at. */
interface Stamped {
  data?: object;
  metadata: { labels: Record<string, string> };
  spec: Record<string, unknown> & { template: { metadata: object } };
  status?: object;
}

const stamp = (object: object) =>
  stampManifests(readManifests(stringify(object)), {
    identity,
    namespace: 'shop-production',
    release: { releaseId: 'r1', version: '1.0.0' },
    progressDeadlineSeconds: 120,
  })[0].body as Stamped;

const deployment = (more: object = {}, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web', [labels.name]: 'chart' } },
      spec: { containers: [{ name: 'web', image: 'web:1' }] },
    },
    ...more,
  },
});

describe('an object of a release', () => {
  it('gets the namespace, the labels of its target, and its release, on its pods too', () => {
    const { metadata, spec } = stamp(deployment());
    const own = {
      [labels.managedBy]: 'slipway',
      [labels.entity]: 'shop',
      [labels.target]: identity.id,
      [labels.release]: releaseKey('r1'),
    };
    expect(metadata).toMatchObject({
      name: 'web',
      namespace: 'shop-production',
      labels: { ...own, [labels.name]: 'shop' },
      annotations: { 'slipway.dev/version': '1.0.0' },
    });
    expect(spec.template.metadata).toMatchObject({
      labels: { ...own, app: 'web', [labels.name]: 'chart' },
      annotations: { 'slipway.dev/release-id': 'r1' },
    });
    expect(spec.selector).toEqual({ matchLabels: { app: 'web' } });
    expect(spec.progressDeadlineSeconds).toBe(120);
    expect(
      stamp(deployment({ progressDeadlineSeconds: 7 })).spec
        .progressDeadlineSeconds,
    ).toBe(7);
  });

  it('says the usual protocol of ports that name none', () => {
    const ports = [{ port: 80 }, { port: 53, protocol: 'UDP' }];
    expect(
      stamp({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { ports },
      }).spec.ports,
    ).toEqual([
      { port: 80, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ]);
  });

  it('cannot say whose it is, nor what its status is', () => {
    const { metadata, status } = stamp({
      ...deployment({}, { labels: { [labels.target]: 'another' } }),
      status: { replicas: 7 },
    });
    expect(metadata.labels[labels.target]).toBe(identity.id);
    expect(status).toBeUndefined();
  });

  it('keeps everything else as it was written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z][a-z.]{0,9}$/),
          fc.string({ unit: 'grapheme-ascii' }),
        ),
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,9}$/),
          fc.string({ unit: 'grapheme-ascii' }),
        ),
        (data, worn) => {
          const body = stamp({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'web', labels: worn },
            data,
          });
          expect(body.data).toEqual(data);
          expect(body.metadata.labels).toMatchObject(worn);
        },
      ),
    );
  });
});
