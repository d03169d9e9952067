import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ownPipelineLocation } from './ownPipelineLocation';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({ integrations: { github: [{ host: 'github.com' }] } }),
);

const located = (
  wanted: string,
  managed: string | undefined,
  sources?: string,
) =>
  ownPipelineLocation(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'checkout',
        annotations: {
          'slipway.dev/delivery-pipeline': wanted,
          ...(managed && { 'backstage.io/managed-by-location': managed }),
          ...(sources && { 'backstage.io/source-location': sources }),
        },
      },
    },
    integrations,
  );

const catalogInfo =
  'url:https://github.com/acme/checkout/blob/main/catalog-info.yaml';

describe('where the own pipeline of a component is', () => {
  it.each([
    [
      'a path, from where the sources are',
      'deploy/pipeline.yaml',
      'url:https://github.com/acme/checkout/tree/main/service/',
      'https://github.com/acme/checkout/tree/main/service/deploy/pipeline.yaml',
    ],
    [
      'a path, beside what the catalog read',
      './pipeline.yaml',
      undefined,
      'https://github.com/acme/checkout/tree/main/pipeline.yaml',
    ],
    [
      'a URL',
      'https://example.com/pipeline.yaml',
      undefined,
      'https://example.com/pipeline.yaml',
    ],
  ])('is %s', (_, wanted, sources, target) => {
    const { location, source } = located(wanted, catalogInfo, sources);
    expect(location.type).toBe('url');
    // GitHub shows the same at tree and blob.
    expect(location.target.replace('/blob/', '/tree/')).toBe(target);
    expect(source).toBe(location.target);
  });

  it('is beside the file that the catalog read from disk, and shown without the way there', () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-own-'));
    const { location, source } = located(
      'pipeline.yaml',
      `file:${directory}/catalog-info.yaml`,
    );
    expect(location).toEqual({
      type: 'file',
      target: join(directory, 'pipeline.yaml'),
    });
    expect(source).toBe(relative(process.cwd(), location.target));
  });

  it('never leads out of that directory', () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-own-'));
    symlinkSync('/etc', join(directory, 'link'));
    for (const path of ['../secret.yaml', '/etc/hostname', 'link/hostname'])
      expect(() =>
        located(path, `file:${directory}/catalog-info.yaml`),
      ).toThrow(/must not lead out/);
  });

  it('is not on disk because an annotation says so', () => {
    expect(() => located('hostname', catalogInfo, 'file:/etc/x')).toThrow(
      /needs sources at a URL/,
    );
    expect(() => located('hostname', undefined)).toThrow(/does not say/);
  });

  it('has no user, and shows no token', () => {
    const secret = /s3cr3t/;
    let refusal = '';
    try {
      located('https://ana:s3cr3t@example.com/a.yaml', catalogInfo);
    } catch (error) {
      refusal = String(error);
    }
    expect(refusal).toMatch(/must not hold a user/);
    expect(refusal).not.toMatch(secret);
    const { source, location } = located(
      'https://example.com/a.yaml?at=main&private_token=s3cr3t#s3cr3t',
      catalogInfo,
    );
    expect(source).toBe('https://example.com/a.yaml?at=main');
    expect(location.target).toMatch(secret);
  });
});
