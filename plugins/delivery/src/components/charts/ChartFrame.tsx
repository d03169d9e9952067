import type { ReactElement, ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ResponsiveContainer } from 'recharts';

/** Height of all charts, in pixels. */
const HEIGHT = 200;

/** What all charts have: a title with unit, a summary for those who do not see it, and a word when there is nothing. */
export function ChartFrame(props: {
  title: string;
  /** The same facts in words. */
  summary: string;
  /** Set: there is nothing to draw, and this says why. */
  emptyText?: string;
  /** Below the drawing. */
  footer?: ReactNode;
  children: ReactElement;
}) {
  const { title, summary, emptyText, footer, children } = props;
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }}>
      <Typography
        component="figcaption"
        variant="body2"
        sx={{ color: 'text.secondary', mb: 0.5 }}
      >
        {title}
      </Typography>
      {emptyText ? (
        <Box
          sx={{
            height: HEIGHT / 2,
            display: 'grid',
            placeItems: 'center',
            color: 'text.secondary',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            borderStyle: 'dashed',
          }}
        >
          {emptyText}
        </Box>
      ) : (
        <Box role="img" aria-label={summary} sx={{ height: HEIGHT }}>
          <ResponsiveContainer width="100%" height="100%">
            {children}
          </ResponsiveContainer>
        </Box>
      )}
      {footer}
    </Box>
  );
}
