import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/**
 * The theme's font for all text within; the portal's body has another one, which plain text would inherit.
 *
 * @public
 */
export function TextRoot({ children }: { children: ReactNode }) {
  return (
    <Box sx={{ typography: 'body2', color: 'text.primary', minWidth: 0 }}>
      {children}
    </Box>
  );
}
