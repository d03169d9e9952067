import { useState } from 'react';

const ROWS_PER_PAGE = [25, 100];

/** A long list page by page, with the properties of a `TablePagination`. */
export function usePaged<Item>(items: readonly Item[]) {
  const [wanted, setPage] = useState(0);
  const [rowsPerPage, setRowsPerPage] = useState(ROWS_PER_PAGE[0]);
  const last = Math.max(0, Math.ceil(items.length / rowsPerPage) - 1);
  // A filter can leave fewer pages than the one that was shown.
  const page = Math.min(wanted, last);
  return {
    shown: items.slice(page * rowsPerPage, (page + 1) * rowsPerPage),
    paging: {
      count: items.length,
      page,
      rowsPerPage,
      rowsPerPageOptions: ROWS_PER_PAGE,
      onPageChange: (_: unknown, next: number) => setPage(next),
      onRowsPerPageChange: (event: { target: { value: string } }) => {
        setRowsPerPage(Number(event.target.value));
        setPage(0);
      },
    },
  };
}
