import type { ReactNode } from 'react';
import Box from '@mui/material/Box';

/** A small heading and what belongs to it. */
export function Labelled(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <Box sx={{ color: 'text.secondary', fontSize: 13 }}>{props.label}</Box>
      <div>{props.children}</div>
    </div>
  );
}
