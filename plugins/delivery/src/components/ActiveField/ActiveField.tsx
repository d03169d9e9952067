import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useT } from '../../hooks/useT';

/** A filter by whether something still goes on; `true`, `false`, or empty for both, as in the URL. */
export function ActiveField(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const t = useT();
  return (
    <TextField
      select
      size="small"
      label={t('rollouts.state')}
      value={['true', 'false'].includes(value) ? value : ''}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 150 }}
    >
      <MenuItem value="">{t('matrix.any')}</MenuItem>
      <MenuItem value="true">{t('rollouts.active')}</MenuItem>
      <MenuItem value="false">{t('rollouts.ended')}</MenuItem>
    </TextField>
  );
}
