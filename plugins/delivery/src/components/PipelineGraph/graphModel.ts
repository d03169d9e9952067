import type { StatusTone } from '@slipway/backstage-plugin-slipway-react';

/** A stage as the graph draws it. */
export interface GraphStage {
  name: string;
  title: string;
  /** The stages that come before. */
  needs: readonly string[];
  tone: StatusTone;
  /** What is said of it under its title; each short. */
  lines: readonly string[];
}

/** Stages as nodes, and what comes before what as edges; a stage that is needed but missing has none. */
export function graphOf(stages: readonly GraphStage[]): {
  nodes: (GraphStage & { id: string })[];
  edges: { from: string; to: string }[];
} {
  const names = new Set(stages.map(one => one.name));
  return {
    nodes: stages.map(one => ({ ...one, id: one.name })),
    edges: stages.flatMap(one =>
      one.needs
        .filter(name => names.has(name))
        .map(from => ({ from, to: one.name })),
    ),
  };
}
