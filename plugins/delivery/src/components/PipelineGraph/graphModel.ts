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
