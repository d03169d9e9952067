import type { DeliveryPipeline } from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseDocuments } from './parseDocuments';

const stage = (name: string, more: object = {}) => ({
  name,
  environment: `resource:default/${name}`,
  ...more,
});

const pipeline = (name: string, stages: object[]) => ({
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'DeliveryPipeline',
  metadata: { name },
  spec: { stages },
});

const good = `apiVersion: slipway.dev/v1alpha1
kind: DeliveryPipeline
metadata:
  name: good
spec:
  stages:
    - name: dev
      environment: resource:default/dev
    - name: prod
      environment: resource:default/prod
`;

const freeze = `apiVersion: slipway.dev/v1alpha1
kind: DeliveryWindow
metadata:
  name: weekend
spec:
  type: deny
  start: 2026-01-02T18:00
  timeZone: Europe/Berlin
  duration: 2d
  recurrence: FREQ=WEEKLY;BYDAY=FR
`;

describe('parseDocuments', () => {
  it('reads pipelines and windows, and fills in what a stage needs', () => {
    const parsed = parseDocuments(
      `${good}---\n${freeze}---\n# nothing\n`,
      'a.yaml',
    );
    expect(parsed.problems).toEqual([]);
    expect(parsed.pipelines.map(({ stages }) => stages)).toEqual([
      [
        expect.objectContaining({ name: 'dev', needs: [] }),
        expect.objectContaining({ name: 'prod', needs: ['dev'] }),
      ],
    ]);
    expect(parsed.windows).toEqual([
      expect.objectContaining({
        source: 'a.yaml',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      }),
    ]);
  });

  it('takes the neighbours of a document that does not hold', () => {
    const parsed = parseDocuments(
      `${good.replace('name: good', 'name: bad').replace('stages', 'stagess')}---\n${good}`,
      'a.yaml',
    );
    expect(
      parsed.pipelines.map(({ document }) => document.metadata.name),
    ).toEqual(['good']);
    expect(parsed.problems).toEqual([
      expect.objectContaining({ line: 5, field: '/spec/stages' }),
      {
        source: 'a.yaml',
        line: 6,
        field: '/spec/stagess',
        detail: 'is not a field of this document',
      },
    ]);
  });

  it.each<[string, string, number, string | undefined, RegExp]>([
    [
      'YAML that is none',
      good.replace('  stages:', '  stages: [}'),
      6,
      undefined,
      /./,
    ],
    [
      'a key that is there twice',
      good.replace('  name: good', '  name: good\n  name: b'),
      5,
      undefined,
      /unique/,
    ],
    [
      'another kind',
      good.replace('DeliveryPipeline', 'Deployment'),
      2,
      '/kind',
      /one of DeliveryPipeline/,
    ],
    [
      'another version',
      good.replace('v1alpha1', 'v9'),
      1,
      '/apiVersion',
      /slipway.dev\/v1alpha1/,
    ],
    ['a list', '- a', 1, undefined, /not a mapping/],
    [
      'a bad duration',
      `${good}      gates: [{ soak: { duration: soon } }]\n`,
      11,
      '/spec/stages/1/gates/0/soak/duration',
      /Seconds, or a number with unit/,
    ],
    [
      'an unknown choice',
      `${good}      gates: [{ policy: { rules: [{ name: a, expression: 'true', message: b, severity: panic }] } }]\n`,
      11,
      '/spec/stages/1/gates/0/policy/rules/0/severity',
      /deny, warn/,
    ],
    [
      'a name used before',
      `${good}---\n${good}`,
      15,
      '/metadata/name',
      /already, in line 4/,
    ],
  ])('says line and field of %s', (_, text, line, field, detail) => {
    const { problems } = parseDocuments(text, 'a.yaml');
    expect(problems[0]).toEqual({
      source: 'a.yaml',
      line,
      ...(field && { field }),
      detail: expect.stringMatching(detail),
    });
  });

  it('gives the same digest whatever the order of keys and the layout', () => {
    const a = pipeline('a', [stage('dev')]);
    const b = Object.fromEntries(Object.entries(a).reverse());
    const digests = [stringify(a), JSON.stringify(b)].map(
      text => parseDocuments(text, 'x').pipelines[0].digest,
    );
    expect(digests[0]).toBe(digests[1]);
  });

  it('never throws, and finds a document for every text or says why not', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom('---\n', 'kind: ', '&a ', '*a', '{', '- ', '\n'),
            fc.constant(good),
          ),
        ),
        pieces => {
          const { problems } = parseDocuments(pieces.join(''), 'a.yaml');
          for (const { detail } of problems) expect(detail).not.toBe('');
        },
      ),
    );
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), {
          minLength: 1,
          maxLength: 6,
        }),
        names => {
          const document = pipeline(
            names[0],
            names.map(name => stage(name)),
          );
          const { pipelines } = parseDocuments(stringify(document), 'a');
          expect(pipelines.map(p => p.document)).toEqual([
            document as DeliveryPipeline,
          ]);
        },
      ),
    );
  });
});
