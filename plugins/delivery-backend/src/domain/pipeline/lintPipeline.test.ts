import type { PipelineStage } from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { StrategyVocabulary } from '../strategy/validate';
import { lintPipeline } from './lintPipeline';
import type { PipelineFacts } from './PipelineFacts';
import { parseDocuments } from './parseDocuments';

const vocabulary: StrategyVocabulary = {
  provider: name => (name === 'known' ? undefined : `no provider '${name}'`),
  comparison: () => undefined,
  stepKind: () => undefined,
};

const facts: PipelineFacts = {
  environments: new Set(['resource:default/dev', 'resource:default/prod']),
  members: new Map([
    ['group:default/two', ['user:default/ada', 'user:default/bob']],
    ['group:default/same', ['user:default/bob', 'user:default/ada']],
    ['group:default/empty', []],
  ]),
  users: new Set(['user:default/ada', 'user:default/bob']),
};

const dev = { name: 'dev', environment: 'resource:default/dev' };
const prod = { name: 'prod', environment: 'resource:default/prod' };

function problems(stages: object[], given: PipelineFacts | undefined = facts) {
  const text = stringify({
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryPipeline',
    metadata: { name: 'p' },
    spec: { stages },
  });
  return parseDocuments(text, 'p.yaml', {
    pipeline: pipeline => lintPipeline(pipeline, vocabulary, given),
    window: () => [],
  }).problems;
}

const approval = (gate: object) => [
  dev,
  { ...prod, gates: [{ approval: gate }] },
];
const measured = (provider: object) => ({
  analysis: {
    metrics: [{ name: 'errors', provider, successCondition: 'result < 1' }],
  },
});
const rule = (group: string, atLeast: number) => ({
  group: `group:default/${group}`,
  atLeast,
});

describe('lintPipeline', () => {
  it('takes a pipeline that holds', () => {
    expect(
      problems([
        dev,
        {
          ...prod,
          strategy: { canary: { steps: [{ setWeight: 10 }] } },
          gates: [
            { soak: { duration: '1h' } },
            measured({ known: {} }),
            { approval: { rules: [rule('two', 2)] } },
            {
              policy: {
                rules: [
                  {
                    name: 'hours',
                    expression: 'request.reason != ""',
                    message: 'say why',
                  },
                ],
              },
            },
          ],
        },
      ]),
    ).toEqual([]);
  });

  it.each<[string, object[], string, RegExp]>([
    [
      'a name used twice',
      [dev, { ...prod, name: 'dev', needs: [] }],
      '/spec/stages/1/name',
      /stage before/,
    ],
    [
      'an environment used twice',
      [dev, { ...prod, environment: 'Resource:default/DEV' }],
      '/spec/stages/1/environment',
      /stage 'dev' already/,
    ],
    [
      'an unknown stage',
      [dev, { ...prod, needs: ['qa'] }],
      '/spec/stages/1/needs/0',
      /no stage 'qa'/,
    ],
    [
      'a cycle',
      [{ ...dev, needs: ['prod'] }, prod],
      '/spec/stages/0/needs',
      /dev → prod → dev/,
    ],
    [
      'an unknown environment',
      [dev, { ...prod, environment: 'resource:default/mars' }],
      '/spec/stages/1/environment',
      /no environment resource:default\/mars/,
    ],
    [
      'a strategy',
      [{ ...dev, strategy: { rolling: { maxSurge: 0, maxUnavailable: 0 } } }],
      '/spec/stages/0/strategy/rolling/maxUnavailable',
      /at least 1/,
    ],
    [
      'a policy that is no CEL',
      [
        {
          ...dev,
          gates: [
            {
              policy: {
                rules: [{ name: 'x', expression: 'release.', message: 'm' }],
              },
            },
          ],
        },
      ],
      '/spec/stages/0/gates/0/policy/rules/0/expression',
      /./,
    ],
    [
      'a soak with nothing before',
      [{ ...dev, gates: [{ soak: { duration: '1h' } }] }],
      '/spec/stages/0/gates/0/soak',
      /no stage before/,
    ],
    [
      'an analysis with nothing before',
      [{ ...dev, gates: [measured({ known: {} })] }],
      '/spec/stages/0/gates/0/analysis',
      /no stage before/,
    ],
    [
      'an analysis by a provider that is not installed',
      [dev, { ...prod, gates: [measured({ nobody: {} })] }],
      '/spec/stages/1/gates/0/analysis/metrics/0/provider/nobody',
      /./,
    ],
    [
      'an approval by nobody',
      approval({}),
      '/spec/stages/1/gates/0/approval',
      /nobody could agree/,
    ],
    [
      'an unknown group',
      approval({ rules: [rule('nope', 1)] }),
      '/spec/stages/1/gates/0/approval/rules/0/group',
      /no group group:default\/nope/,
    ],
    [
      'an unknown user',
      approval({ approvers: ['user:default/eve'] }),
      '/spec/stages/1/gates/0/approval/approvers/0',
      /no user user:default\/eve/,
    ],
    [
      'a rule for more than there are',
      approval({ rules: [rule('two', 3)] }),
      '/spec/stages/1/gates/0/approval/rules/0/atLeast',
      /has 2 people, and 3/,
    ],
    [
      'a group of nobody',
      approval({ rules: [rule('empty', 1)] }),
      '/spec/stages/1/gates/0/approval/rules/0/atLeast',
      /has 0 people/,
    ],
    [
      'rules that want more than both have',
      approval({ rules: [rule('two', 2), rule('same', 1)] }),
      '/spec/stages/1/gates/0/approval/rules',
      /3 different people, and at most 2/,
    ],
    [
      'rules and approvers',
      approval({ rules: [rule('two', 2)], approvers: ['user:default/ada'] }),
      '/spec/stages/1/gates/0/approval/rules',
      /3 different people/,
    ],
  ])('names line and field of %s', (_, stages, field, detail) => {
    expect(problems(stages)).toEqual([
      {
        source: 'p.yaml',
        line: expect.any(Number),
        field,
        detail: expect.stringMatching(detail),
      },
    ]);
  });

  it('counts a person once over all the gates of a stage', () => {
    const gates = [
      { approval: { rules: [rule('two', 1)] } },
      { approval: { rules: [rule('same', 2)] } },
    ];
    expect(problems([dev, { ...prod, gates }])).toEqual([
      expect.objectContaining({
        field: '/spec/stages/1/gates',
        detail: expect.stringMatching(/3 different people, and at most 2/),
      }),
    ]);
  });

  it('says nothing of the catalog without its facts', () => {
    const text = approval({ rules: [rule('nope', 9)] });
    const document = parseDocuments(
      stringify({
        apiVersion: 'slipway.dev/v1alpha1',
        kind: 'DeliveryPipeline',
        metadata: { name: 'p' },
        spec: { stages: text },
      }),
      'p',
    ).pipelines[0];
    expect(lintPipeline(document, vocabulary)).toEqual([]);
  });

  it('finds a cycle exactly where no order of stages exists', () => {
    const graph = fc.integer({ min: 1, max: 6 }).chain(size =>
      fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(graph, edges => {
        const stages: PipelineStage[] = edges.map((needs, index) => ({
          name: `s${index}`,
          environment: `resource:default/e${index}`,
          needs: needs.map(need => `s${need}`),
        }));
        // Take away what waits for nothing until nothing is left to take.
        let left = stages;
        for (;;) {
          const names = new Set(left.map(({ name }) => name));
          const next = left.filter(({ needs = [] }) =>
            needs.some(need => names.has(need)),
          );
          if (next.length === left.length) break;
          left = next;
        }
        const found = problems(stages, {
          ...facts,
          environments: new Set(stages.map(s => s.environment)),
        });
        expect(found.length > 0).toBe(left.length > 0);
      }),
    );
  });

  it('refuses rules exactly where no choice of distinct people fills them', () => {
    const people = ['a', 'b', 'c', 'd'].map(name => `user:default/${name}`);
    const input = fc.array(
      fc.record({
        members: fc.subarray(people),
        atLeast: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    // Hall's theorem by trying: seat after seat, everybody who is left.
    const canFill = (seats: string[][], taken: string[] = []): boolean =>
      seats.length === 0 ||
      seats[0].some(
        person =>
          !taken.includes(person) &&
          canFill(seats.slice(1), [...taken, person]),
      );
    fc.assert(
      fc.property(input, groups => {
        const found = problems(
          approval({ rules: groups.map((g, i) => rule(`g${i}`, g.atLeast)) }),
          {
            ...facts,
            members: new Map(
              groups.map((g, i) => [`group:default/g${i}`, g.members]),
            ),
          },
        );
        const seats = groups.flatMap(({ members, atLeast }) =>
          Array.from({ length: atLeast }, () => members),
        );
        expect(found.length === 0).toBe(canFill(seats));
      }),
    );
  });
});
