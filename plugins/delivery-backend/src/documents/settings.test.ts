import { mockServices } from '@backstage/backend-test-utils';
import { readDocumentSettings } from './settings';

const read = (pipelines: object) =>
  readDocumentSettings(
    mockServices.rootConfig({ data: { delivery: { pipelines } } }),
  );

describe('readDocumentSettings', () => {
  it('has no locations, and reads them each minute, where nothing is configured', () => {
    expect(readDocumentSettings(mockServices.rootConfig())).toEqual({
      locations: [],
      refresh: { seconds: 60 },
    });
  });

  it('takes locations, a default and a refresh', () => {
    const locations = [
      { type: 'file', target: '../../catalog/pipelines.yaml' },
      { type: 'url', target: 'https://example.com/pipelines.yaml' },
    ];
    expect(
      read({ locations, default: 'standard', refresh: { minutes: 5 } }),
    ).toEqual({
      locations,
      defaultName: 'standard',
      refresh: { minutes: 5 },
    });
  });

  it('lets components have pipelines of their own where it is said', () => {
    const locations = [{ type: 'file', target: 'a.yaml' }];
    const fromComponents = (more: object) =>
      read({ locations, fromComponents: more }).fromComponents;
    expect(read({ locations }).fromComponents).toBeUndefined();
    expect(
      fromComponents({ enabled: false, baseline: 'standard' }),
    ).toBeUndefined();
    expect(fromComponents({ enabled: true })).toEqual({});
    expect(fromComponents({ enabled: true, baseline: 'standard' })).toEqual({
      baseline: 'standard',
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'a type',
      { locations: [{ type: 'ftp', target: 'x' }] },
      /delivery\.pipelines\.locations\[0\]\.type: must be file or url/,
    ],
    [
      'a URL',
      { locations: [{ type: 'url', target: 'file:///etc/passwd' }] },
      /locations\[0\]\.target: .* is no http or https URL/,
    ],
    [
      'a location that is there twice',
      {
        locations: [
          { type: 'file', target: 'x' },
          { type: 'file', target: 'x' },
        ],
      },
      /locations\[1\]\.target: 'x' is listed twice/,
    ],
    [
      'a default of nothing',
      { default: 'standard' },
      /default: names 'standard', but/,
    ],
    [
      'a baseline of nothing',
      { fromComponents: { enabled: true, baseline: 'standard' } },
      /fromComponents\.baseline: names 'standard', but/,
    ],
    [
      'a refresh that is too often',
      { refresh: { milliseconds: 5 } },
      /refresh: must be at least 1 second/,
    ],
  ])('names the key of %s that does not hold', (_, pipelines, message) => {
    expect(() => read(pipelines)).toThrow(message);
  });
});
