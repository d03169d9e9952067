import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/** One term and what it is. */
export function Fact(props: { term: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box component="dt" sx={{ color: 'text.secondary', fontSize: 13 }}>
        {props.term}
      </Box>
      <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
        {props.children}
      </Box>
    </Box>
  );
}

/** Facts side by side, as many as there is room for. */
export function Facts(props: { children: ReactNode }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gap: 2,
        gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))',
      }}
    >
      {props.children}
    </Box>
  );
}
