import type { PipelineStage } from '@slipway/backstage-plugin-delivery-common';
import {
  type FieldProblem,
  isSameJson,
  jsonDigest,
} from '@slipway/backstage-plugin-slipway-node';
import type { PipelineDocument } from './documents';

/** A pipeline with what a baseline asks for, or why it cannot have it. */
export type BaselineResult =
  { pipeline: PipelineDocument } | { problems: FieldProblem[] };

/**
 * A pipeline may add to a baseline, and take nothing away: it has a stage for each of the baseline's environments, in the
 * baseline's order, with the baseline's gates before its own and the baseline's verification. Pointers are into the
 * pipeline's document.
 */
export function withBaseline(
  own: PipelineDocument,
  baseline: PipelineDocument,
): BaselineResult {
  const problems: FieldProblem[] = [];
  const names = new Map<string, string>();
  for (const stage of baseline.stages) {
    const found = own.stages.find(
      ({ environment }) => environment === stage.environment,
    );
    if (found) names.set(stage.name, found.name);
    else
      problems.push({
        pointer: '/spec/stages',
        detail: `has no stage in ${stage.environment}, and ${titleOf(baseline)} has`,
      });
  }
  const before = stagesBefore(own.stages);
  const stages = own.stages.map((stage, index) => {
    const at = `/spec/stages/${index}`;
    const asked = baseline.stages.find(
      ({ environment }) => environment === stage.environment,
    );
    if (!asked) return stage;
    const needs = (asked.needs ?? []).flatMap(need => names.get(need) ?? []);
    const early = needs.filter(need => !before.get(stage.name)?.has(need));
    if (early.length)
      problems.push({
        pointer: `${at}/needs`,
        detail: `must come after ${early.join(', ')}, as in ${titleOf(baseline)}`,
      });
    if (
      asked.verification &&
      stage.verification &&
      !isSameJson(asked.verification, stage.verification)
    )
      problems.push({
        pointer: `${at}/verification`,
        detail: `cannot be another one than that of ${titleOf(baseline)}`,
      });
    return together(stage, asked, needs);
  });
  if (problems.length) return { problems };
  const document = {
    ...own.document,
    spec: { ...own.document.spec, stages },
  };
  return {
    pipeline: { ...own, document, stages, digest: jsonDigest(document) },
  };
}

function together(
  stage: PipelineStage,
  asked: PipelineStage,
  needs: string[],
): PipelineStage {
  const gates = asked.gates ?? [];
  const more = (stage.gates ?? []).filter(
    gate => !gates.some(other => isSameJson(gate, other)),
  );
  const verification = stage.verification ?? asked.verification;
  return {
    ...stage,
    // A release soaks in the stages that are needed: those of the baseline are, too.
    needs: [...new Set([...(stage.needs ?? []), ...needs])],
    ...(gates.length + more.length && { gates: [...gates, ...more] }),
    ...(verification && { verification }),
  };
}

/** By name, all that comes before, whether needed directly or not. */
function stagesBefore(stages: PipelineStage[]): Map<string, Set<string>> {
  const needs = new Map(stages.map(({ name, needs: of }) => [name, of ?? []]));
  return new Map(
    stages.map(({ name }) => {
      const found = new Set<string>();
      const next = [...(needs.get(name) ?? [])];
      for (let one = next.pop(); one !== undefined; one = next.pop()) {
        if (found.has(one)) continue;
        found.add(one);
        next.push(...(needs.get(one) ?? []));
      }
      return [name, found];
    }),
  );
}

function titleOf({ document }: PipelineDocument): string {
  return `the baseline '${document.metadata.name}'`;
}
