import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { Page } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** Turns the pages of a list that is read by cursor. */
export function CursorPager(props: {
  /** What is paged, in words. */
  list: string;
  page: Page;
  /** Of the shown page; empty on the first. */
  cursor: string;
  onCursor: (cursor: string) => void;
}) {
  const { list, page, cursor, onCursor } = props;
  const t = useT();
  const { nextCursor } = page;
  return (
    <Box
      component="nav"
      aria-label={t('tables.pages', { list })}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 1,
        px: 2,
        py: 1,
      }}
    >
      <Typography variant="body2" sx={{ color: 'text.secondary', mr: 'auto' }}>
        {t('tables.total', { count: page.totalItems })}
      </Typography>
      <Button size="small" disabled={!cursor} onClick={() => onCursor('')}>
        {t('tables.first')}
      </Button>
      <Button
        size="small"
        disabled={!nextCursor}
        onClick={() => nextCursor && onCursor(nextCursor)}
      >
        {t('tables.next')}
      </Button>
    </Box>
  );
}
