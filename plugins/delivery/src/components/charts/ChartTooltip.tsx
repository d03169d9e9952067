import Box from '@mui/material/Box';
import { formatInstant } from '@slipway/backstage-plugin-slipway-react';

/** What a point of a chart says on hover. */
export function ChartTooltip(props: {
  /** Of a chart over time. */
  at?: string;
  lines: string[];
}) {
  const { at, lines } = props;
  return (
    <Box
      sx={{
        bgcolor: 'background.paper',
        color: 'text.primary',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        p: 1,
        fontSize: 12,
        maxWidth: 280,
      }}
    >
      {lines.map(line => (
        <div key={line}>{line}</div>
      ))}
      {at !== undefined && (
        <Box sx={{ color: 'text.secondary' }}>{formatInstant(at)}</Box>
      )}
    </Box>
  );
}
