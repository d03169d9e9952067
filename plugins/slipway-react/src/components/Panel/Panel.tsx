import { useId, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';

/**
 * A titled part of a page.
 *
 * @public
 */
export function Panel(props: {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** Nothing follows below. */
  last?: boolean;
  /** Tables reach the panel's edges. */
  flush?: boolean;
  children: ReactNode;
}) {
  const { title, actions, flush, last, children } = props;
  const titleId = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={titleId}
      variant="outlined"
      sx={{ mb: last ? 0 : 3, minWidth: 0 }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 1,
          px: 2,
          py: 1.5,
        }}
      >
        <Typography
          id={titleId}
          component="h3"
          sx={{ fontSize: 18, fontWeight: 600 }}
        >
          {title}
        </Typography>
        {actions}
      </Box>
      <Box sx={{ px: flush ? 0 : 2, pb: flush ? 0 : 2 }}>{children}</Box>
    </Paper>
  );
}
