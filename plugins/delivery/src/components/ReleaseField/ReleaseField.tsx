import MenuItem from '@mui/material/MenuItem';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import type { Release } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** A choice of releases; rejected ones are shown with the reason, and cannot be chosen. */
export function ReleaseField(
  props: Pick<
    TextFieldProps,
    'error' | 'fullWidth' | 'helperText' | 'label' | 'size' | 'sx'
  > & {
    releases: readonly Release[];
    /** Of the chosen one. */
    releaseId: string;
    onRelease: (releaseId: string) => void;
  },
) {
  const { releases, releaseId, onRelease, ...field } = props;
  const t = useT();
  return (
    <TextField
      {...field}
      select
      value={releases.some(one => one.id === releaseId) ? releaseId : ''}
      onChange={event => onRelease(event.target.value)}
    >
      {releases.map(one => (
        <MenuItem key={one.id} value={one.id} disabled={Boolean(one.rejection)}>
          {one.rejection
            ? t('releases.rejectedChoice', {
                version: one.version,
                reason: one.rejection.reason,
              })
            : one.version}
        </MenuItem>
      ))}
    </TextField>
  );
}
