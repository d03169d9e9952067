import type { ElementType } from 'react';
import Box from '@mui/material/Box';

/** @public */
export type StatusTone = 'success' | 'info' | 'warning' | 'error' | 'disabled';

/**
 * A state as icon and word: colour never says anything alone.
 *
 * @public
 */
export function StatusWord(props: {
  icon: ElementType;
  tone: StatusTone;
  label: string;
}) {
  const { icon: Icon, tone, label } = props;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        whiteSpace: 'nowrap',
        color: 'text.primary',
      }}
    >
      <Icon fontSize="small" color={tone} aria-hidden />
      {label}
    </Box>
  );
}
