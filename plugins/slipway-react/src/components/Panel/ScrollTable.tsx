import type { ReactNode } from 'react';
import Table from '@mui/material/Table';
import TableContainer from '@mui/material/TableContainer';

/**
 * A table that scrolls sideways on small screens, by keyboard too.
 *
 * @public
 */
export function ScrollTable(props: { label: string; children: ReactNode }) {
  const { label, children } = props;
  return (
    <TableContainer tabIndex={0} role="group" aria-label={label}>
      <Table
        size="small"
        aria-label={label}
        // Backstage's theme breaks words anywhere, which turns narrow columns into columns of letters.
        sx={{
          '& th, & td': {
            wordBreak: 'normal',
            overflowWrap: 'normal',
            lineHeight: 1.45,
          },
        }}
      >
        {children}
      </Table>
    </TableContainer>
  );
}
