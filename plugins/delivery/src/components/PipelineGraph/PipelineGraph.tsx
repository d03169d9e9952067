import { useMemo } from 'react';
import {
  DependencyGraph,
  DependencyGraphTypes,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { StagePreview } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { graphOf, type StageNode } from './graphModel';

/** Pixels. */
const WIDTH = 190;
const HEIGHT = 84;
const GAP = 60;
/** Characters that fit in a node. */
const LONGEST = 24;

const short = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

function StageBox({ node }: { node: StageNode }) {
  const t = useT();
  const { palette, typography } = useTheme();
  const stroke = {
    runs: palette.success.main,
    ready: palette.info.main,
    held: palette.warning.main,
    refused: palette.error.main,
  }[node.verdict];
  const text = {
    fontFamily: typography.fontFamily,
    fill: palette.text.primary,
  };
  return (
    <g>
      <rect
        width={WIDTH}
        height={HEIGHT}
        rx={6}
        fill={palette.background.paper}
        stroke={stroke}
        strokeWidth={2}
      />
      <text {...text} x={12} y={22} fontSize={14} fontWeight={600}>
        {short(node.title)}
      </text>
      <text {...text} x={12} y={42} fontSize={12.5}>
        {short(`${node.environment}: ${node.running ?? t('release.none')}`)}
      </text>
      <text {...text} x={12} y={59} fontSize={12.5}>
        {short(t(`pipeline.verdict.${node.verdict}`))}
      </text>
      {node.phase && (
        <text {...text} x={12} y={76} fontSize={12.5}>
          {short(t(`phase.${node.phase}`))}
        </text>
      )}
    </g>
  );
}

/**
 * The stages from left to right, each after what it needs. It is for the eye only: the list of stages beside it says
 * the same and more to everybody, and is what the keyboard goes through. It becomes smaller where it has no room.
 */
export function PipelineGraph({ stages }: { stages: readonly StagePreview[] }) {
  const { nodes, edges } = useMemo(() => graphOf(stages), [stages]);
  return (
    <Box aria-hidden sx={{ mb: 2 }}>
      <DependencyGraph
        nodes={nodes}
        edges={edges}
        direction={DependencyGraphTypes.Direction.LEFT_RIGHT}
        nodeMargin={24}
        rankMargin={GAP}
        paddingX={4}
        paddingY={4}
        zoom="disabled"
        allowFullscreen={false}
        showArrowHeads
        curve="curveMonotoneX"
        renderNode={({ node }) => <StageBox node={node} />}
      />
    </Box>
  );
}
