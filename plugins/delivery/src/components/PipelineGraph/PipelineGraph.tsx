import { useMemo } from 'react';
import {
  DependencyGraph,
  DependencyGraphTypes,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { graphOf, type GraphStage } from './graphModel';

/** Pixels. */
const WIDTH = 190;
const GAP = 60;
const TITLE_BASELINE = 22;
const FIRST_LINE_BASELINE = 42;
const LINE = 17;
const PADDING = 8;
/** Characters that fit in a node. */
const LONGEST = 24;

const short = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

function StageBox(props: { stage: GraphStage; mostLines: number }) {
  const { stage, mostLines } = props;
  const { palette, typography } = useTheme();
  const text = {
    fontFamily: typography.fontFamily,
    fill: palette.text.primary,
    x: 12,
  };
  return (
    <g>
      <rect
        width={WIDTH}
        height={FIRST_LINE_BASELINE + LINE * (mostLines - 1) + PADDING}
        rx={6}
        fill={palette.background.paper}
        stroke={
          stage.tone === 'disabled'
            ? palette.text.secondary
            : palette[stage.tone].main
        }
        strokeWidth={2}
      />
      <text {...text} y={TITLE_BASELINE} fontSize={14} fontWeight={600}>
        {short(stage.title)}
      </text>
      {stage.lines.map((line, index) => (
        <text
          {...text}
          key={line}
          y={FIRST_LINE_BASELINE + LINE * index}
          fontSize={12.5}
        >
          {short(line)}
        </text>
      ))}
    </g>
  );
}

/**
 * The stages from left to right, each after what it needs. It is for the eye only: a list or table beside it says the
 * same and more to everybody, and is what the keyboard goes through. It becomes smaller where it has no room.
 */
export function PipelineGraph({ stages }: { stages: readonly GraphStage[] }) {
  const { nodes, edges } = useMemo(() => graphOf(stages), [stages]);
  const mostLines = Math.max(1, ...stages.map(one => one.lines.length));
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
        renderNode={({ node }) => (
          <StageBox stage={node} mostLines={mostLines} />
        )}
      />
    </Box>
  );
}
