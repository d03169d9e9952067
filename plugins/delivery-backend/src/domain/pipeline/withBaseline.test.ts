import type { PipelineStage } from '@slipway/backstage-plugin-delivery-common';
import { stringify } from 'yaml';
import type { PipelineDocument } from './documents';
import { parseDocuments } from './parseDocuments';
import { withBaseline } from './withBaseline';

const soak = { soak: { duration: '1h' } };
const approval = {
  approval: { rules: [{ group: 'group:default/two', atLeast: 1 }] },
};
const verification = (name: string) => ({
  metrics: [{ name, provider: { web: {} }, successCondition: 'result < 1' }],
});

function document(
  name: string,
  stages: Array<Partial<PipelineStage> & { name: string }>,
): PipelineDocument {
  const { pipelines, problems } = parseDocuments(
    stringify({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'DeliveryPipeline',
      metadata: { name },
      spec: {
        stages: stages.map(stage => ({
          environment: `resource:default/${stage.name}`,
          ...stage,
        })),
      },
    }),
    'a.yaml',
  );
  expect(problems).toEqual([]);
  return pipelines[0];
}

const baseline = document('standard', [
  { name: 'staging' },
  {
    name: 'prod',
    gates: [soak, approval],
    verification: verification('errors'),
  },
]);

function together(stages: Parameters<typeof document>[1]): PipelineDocument {
  const result = withBaseline(document('own', stages), baseline);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.pipeline;
}

function problemsOf(stages: Parameters<typeof document>[1]) {
  const result = withBaseline(document('own', stages), baseline);
  return 'problems' in result ? result.problems : [];
}

describe('a pipeline on a baseline', () => {
  it('has the gates and the verification of the baseline, whatever its stages are called and however they spell their environment', () => {
    const policy = {
      policy: { rules: [{ name: 'a', expression: 'true', message: 'b' }] },
    };
    const {
      stages,
      document: written,
      digest,
    } = together([
      { name: 'test', environment: 'resource:default/staging' },
      {
        name: 'live',
        environment: 'Resource:Default/Prod',
        gates: [policy],
      },
    ]);
    expect(stages[1]).toMatchObject({
      environment: 'resource:default/prod',
      gates: [soak, approval, policy],
      verification: verification('errors'),
    });
    expect(written.spec.stages).toEqual(stages);
    expect(digest).not.toBe(document('own', [{ name: 'test' }]).digest);
  });

  it('does not ask twice for what it has copied', () => {
    const { stages } = together([
      { name: 'staging' },
      {
        name: 'prod',
        gates: [approval, soak],
        verification: verification('errors'),
      },
    ]);
    expect(stages[1].gates).toEqual([soak, approval]);
  });

  it('may have more stages, and soaks in those of the baseline all the same', () => {
    const { stages } = together([
      { name: 'dev' },
      { name: 'staging' },
      { name: 'canary' },
      { name: 'prod' },
      { name: 'dr' },
    ]);
    expect(stages.map(({ name, needs }) => [name, needs])).toEqual([
      ['dev', []],
      ['staging', ['dev']],
      ['canary', ['staging']],
      ['prod', ['canary', 'staging']],
      ['dr', ['prod']],
    ]);
  });

  it('names each stage that is missing', () => {
    expect(problemsOf([{ name: 'prod' }])).toEqual([
      {
        pointer: '/spec/stages',
        detail:
          "has no stage in resource:default/staging, and the baseline 'standard' has",
      },
    ]);
  });

  it('names a stage that could come too early', () => {
    expect(
      problemsOf([{ name: 'staging' }, { name: 'prod', needs: [] }]),
    ).toEqual([
      {
        pointer: '/spec/stages/1/needs',
        detail: "must come after staging, as in the baseline 'standard'",
      },
    ]);
  });

  it('cannot verify otherwise', () => {
    expect(
      problemsOf([
        { name: 'staging' },
        { name: 'prod', verification: verification('less') },
      ]),
    ).toEqual([
      expect.objectContaining({ pointer: '/spec/stages/1/verification' }),
    ]);
  });
});
