import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useT } from '../../hooks/useT';

/**
 * The place of what is being read. Heights in pixels.
 *
 * @public
 */
export function SkeletonRows(props: { rows?: number; height?: number }) {
  const { rows = 5, height = 40 } = props;
  const t = useT();
  return (
    <Box role="status" aria-label={t('states.loading')} sx={{ p: 2 }}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton
          key={index}
          variant="rounded"
          height={height}
          sx={{ mb: 1 }}
        />
      ))}
    </Box>
  );
}
