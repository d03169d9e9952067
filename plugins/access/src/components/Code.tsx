import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/** A name as it stands in the configuration. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <Box
      component="code"
      sx={{
        fontFamily: 'monospace',
        fontSize: '0.9em',
        overflowWrap: 'anywhere',
        color: 'text.secondary',
      }}
    >
      {children}
    </Box>
  );
}
