import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import RemoveIcon from '@mui/icons-material/Close';
import { describeError } from '@slipway/backstage-plugin-slipway-react';
import { useReleases } from '../../hooks/useReleases';
import { useT } from '../../hooks/useT';
import { ReleaseField } from '../ReleaseField';
import type { ChosenComponent } from './chosenComponent';

/** One component of the set, with the choice of its release. */
export function ItemRow(props: {
  component: ChosenComponent;
  /** Why it cannot be promoted like this. */
  problem?: string;
  onRelease: (releaseId: string) => void;
  onRemove: () => void;
}) {
  const { component, onRelease, onRemove } = props;
  const t = useT();
  const releases = useReleases(component.ref);
  const problem =
    props.problem ??
    (releases.error
      ? `${t('releases.failed')}: ${describeError(releases.error).message}`
      : undefined);
  return (
    <Box
      component="li"
      sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, py: 0.75 }}
    >
      <ReleaseField
        fullWidth
        size="small"
        label={t('promote.releaseOf', { component: component.title })}
        releases={releases.data?.items ?? []}
        releaseId={component.releaseId}
        onRelease={onRelease}
        error={Boolean(problem)}
        helperText={problem}
      />
      <IconButton
        aria-label={t('promote.remove', { component: component.title })}
        onClick={onRemove}
      >
        <RemoveIcon />
      </IconButton>
    </Box>
  );
}
