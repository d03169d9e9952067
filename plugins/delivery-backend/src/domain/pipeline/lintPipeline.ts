import type {
  Gate,
  PipelineStage,
} from '@slipway/backstage-plugin-delivery-common';
import type { FieldProblem } from '@slipway/backstage-plugin-slipway-node';
import { conditionProblem } from '../cel';
import {
  type StrategyVocabulary,
  analysisProblems,
  strategyProblems,
} from '../strategy/validate';
import { approvalProblems, sharedProblems } from './approvalProblems';
import { canonical } from './canonical';
import type { PipelineDocument } from './documents';
import type { PipelineFacts } from './PipelineFacts';

/** What is wrong with a pipeline beyond its schema. Pointers are into the document. */
export function lintPipeline(
  { stages }: PipelineDocument,
  vocabulary: StrategyVocabulary,
  facts?: PipelineFacts,
): FieldProblem[] {
  return [
    ...graphProblems(stages),
    ...stages.flatMap((stage, index) =>
      stageProblems(stage, `/spec/stages/${index}`, vocabulary, facts),
    ),
  ];
}

function graphProblems(stages: PipelineStage[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const names = new Set<string>();
  const environments = new Map<string, string>();
  const known = new Set(stages.map(({ name }) => name));
  stages.forEach((stage, index) => {
    const at = `/spec/stages/${index}`;
    if (names.has(stage.name))
      problems.push({
        pointer: `${at}/name`,
        detail: `'${stage.name}' is the name of a stage before it`,
      });
    names.add(stage.name);
    const ref = canonical(stage.environment);
    const other = ref && environments.get(ref);
    if (other !== undefined)
      problems.push({
        pointer: `${at}/environment`,
        detail: `is the environment of stage '${other}' already`,
      });
    else if (ref) environments.set(ref, stage.name);
    (stage.needs ?? []).forEach((need, position) => {
      if (!known.has(need))
        problems.push({
          pointer: `${at}/needs/${position}`,
          detail: `there is no stage '${need}'`,
        });
    });
  });
  const cycle = findCycle(stages);
  if (cycle)
    problems.push({
      pointer: `/spec/stages/${stages.findIndex(({ name }) => name === cycle[0])}/needs`,
      detail: `stages wait for each other: ${cycle.join(' → ')}`,
    });
  return problems;
}

/** The names around, the first one again at the end. */
function findCycle(stages: PipelineStage[]): string[] | undefined {
  const needs = new Map(stages.map(({ name, needs: of }) => [name, of ?? []]));
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): string[] | undefined => {
    const at = path.indexOf(name);
    if (at !== -1) return [...path.slice(at), name];
    if (done.has(name)) return undefined;
    path.push(name);
    for (const need of needs.get(name) ?? []) {
      const found = visit(need);
      if (found) return found;
    }
    path.pop();
    done.add(name);
    return undefined;
  };
  for (const { name } of stages) {
    const found = visit(name);
    if (found) return found;
  }
  return undefined;
}

function stageProblems(
  stage: PipelineStage,
  at: string,
  vocabulary: StrategyVocabulary,
  facts: PipelineFacts | undefined,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const environment = canonical(stage.environment);
  if (!environment)
    problems.push({
      pointer: `${at}/environment`,
      detail: `'${stage.environment}' is no reference of an entity, such as resource:default/staging`,
    });
  else if (facts && !facts.environments.has(environment))
    problems.push({
      pointer: `${at}/environment`,
      detail: `the catalog has no environment ${environment}`,
    });
  if (stage.strategy)
    problems.push(
      ...below(`${at}/strategy`, strategyProblems(stage.strategy, vocabulary)),
    );
  if (stage.verification)
    problems.push(
      ...analysisProblems(stage.verification, `${at}/verification`, vocabulary),
    );
  const ofGates = (stage.gates ?? []).flatMap((gate, index) =>
    below(`${at}/gates/${index}`, gateProblems(gate, stage, vocabulary, facts)),
  );
  problems.push(...ofGates);
  // What each gate alone could do can still fail for want of distinct people.
  if (facts && !ofGates.length)
    problems.push(...below(at, sharedProblems(stage.gates ?? [], facts)));
  return problems;
}

function gateProblems(
  gate: Gate,
  stage: PipelineStage,
  vocabulary: StrategyVocabulary,
  facts: PipelineFacts | undefined,
): FieldProblem[] {
  const needsStage = (pointer: string, what: string) =>
    stage.needs?.length
      ? []
      : [{ pointer, detail: `has no stage before it in which ${what}` }];
  if (gate.soak) return needsStage('/soak', 'a release could soak');
  if (gate.analysis)
    return [
      ...needsStage('/analysis', 'a release could be measured'),
      ...analysisProblems(gate.analysis, '/analysis', vocabulary),
    ];
  if (gate.policy)
    return gate.policy.rules.flatMap(({ expression }, index) => {
      const detail = conditionProblem(expression);
      return detail
        ? [{ pointer: `/policy/rules/${index}/expression`, detail }]
        : [];
    });
  return gate.approval
    ? below('/approval', approvalProblems(gate.approval, facts))
    : [];
}

function below(at: string, problems: FieldProblem[]): FieldProblem[] {
  return problems.map(({ pointer, detail }) => ({
    pointer: `${at}${pointer}`,
    detail,
  }));
}
