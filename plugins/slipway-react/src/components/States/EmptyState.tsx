import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/**
 * Nothing here: why, and what to do next, with the buttons for it.
 *
 * @public
 */
export function EmptyState(props: {
  title: string;
  description: string;
  /** Buttons. */
  children?: ReactNode;
}) {
  const { title, description, children } = props;
  return (
    <Box sx={{ textAlign: 'center', py: 5, px: 2 }}>
      <Typography
        component="p"
        sx={{ fontSize: 18, fontWeight: 600, mb: 1, color: 'text.primary' }}
      >
        {title}
      </Typography>
      <Typography
        variant="body1"
        sx={{ maxWidth: '60ch', mx: 'auto', mb: 2, color: 'text.secondary' }}
      >
        {description}
      </Typography>
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          justifyContent: 'center',
          flexWrap: 'wrap',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
