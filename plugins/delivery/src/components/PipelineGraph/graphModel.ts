import type { StagePreview } from '@slipway/backstage-plugin-delivery-common';

export interface StageNode {
  id: string;
  title: string;
  environment: string;
  /** What runs there. */
  running?: string;
  verdict: StagePreview['verdict'];
  phase?: NonNullable<StagePreview['deployment']>['activeRolloutPhase'];
}

/** Stages as nodes, and what comes before what as edges; a stage that is needed but missing has none. */
export function graphOf(stages: readonly StagePreview[]): {
  nodes: StageNode[];
  edges: { from: string; to: string }[];
} {
  const names = new Set(stages.map(one => one.stage));
  return {
    nodes: stages.map(one => ({
      id: one.stage,
      title: one.title ?? one.stage,
      environment: one.environmentName,
      running: one.deployment?.release?.version,
      verdict: one.verdict,
      phase: one.deployment?.activeRolloutPhase,
    })),
    edges: stages.flatMap(one =>
      one.needs
        .filter(name => names.has(name))
        .map(from => ({ from, to: one.stage })),
    ),
  };
}

/** How many stages come one after the other at most. */
export function depthOf(stages: readonly StagePreview[]): number {
  const byName = new Map(stages.map(one => [one.stage, one]));
  const depths = new Map<string, number>();
  const depth = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const stage = byName.get(name);
    if (!stage) return 0;
    // The API takes no pipeline that goes in circles; a page must not hang on one all the same.
    depths.set(name, 0);
    const result = 1 + Math.max(0, ...stage.needs.map(depth));
    depths.set(name, result);
    return result;
  };
  return Math.max(0, ...stages.map(one => depth(one.stage)));
}
