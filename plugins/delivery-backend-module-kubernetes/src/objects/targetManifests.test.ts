import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { parse } from 'yaml';
import { targetManifests } from './targetManifests';

const target = {
  componentRef: 'component:default/checkout',
  environmentRef: 'resource:default/production',
  environmentName: 'production',
  settings: { cluster: 'main', namespace: 'shop' },
};

const release = (version: string, level: string): DesiredRelease => ({
  releaseId: `release-${version}`,
  version,
  artifact: {
    kind: 'container-image',
    reference: `shop/checkout:${version}`,
    digest: `sha256:${version[0].repeat(64)}`,
    spec: {
      image: `shop/checkout@sha256:${version[0].repeat(64)}`,
      port: 8080,
    },
  },
  environmentVariables: { LEVEL: level },
  health: {},
});

const manifests = (one: DesiredRelease) =>
  targetManifests(target, one, { progressDeadlineSeconds: 600 });

describe('the manifests of a release', () => {
  it('are its Deployment and Service, without what changes with every write', () => {
    const [deployment, service] = manifests(release('1.0.0', 'info'));
    expect([deployment.name, service.name]).toEqual([
      'Deployment checkout',
      'Service checkout',
    ]);
    expect(deployment.text).not.toMatch(/generation|idempotency/i);
    expect(parse(deployment.text)).toMatchObject({
      metadata: { name: 'checkout', namespace: 'shop' },
      spec: {
        template: {
          spec: {
            containers: [
              {
                env: expect.arrayContaining([{ name: 'LEVEL', value: 'info' }]),
              },
            ],
          },
        },
      },
    });
  });

  it('differ between releases only in what a release brings', () => {
    const lines = (one: DesiredRelease) => manifests(one)[0].text.split('\n');
    const before = lines(release('1.0.0', 'info'));
    const changed = lines(release('2.0.0', 'debug'))
      .filter((line, index) => line !== before[index])
      .map(line => line.trim().split(':')[0]);
    expect([...new Set(changed)].sort()).toEqual([
      'image',
      'slipway.dev/release',
      'slipway.dev/release-id',
      'slipway.dev/version',
      'value',
    ]);
    expect(manifests(release('1.0.0', 'a'))[1]).toEqual(
      manifests(release('2.0.0', 'b'))[1],
    );
  });
});
