import { useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useT } from '../../hooks/useT';

/** Which keys there are, and whether they are on. */
export function KeysDialog(props: {
  on: boolean;
  onSwitch: (on: boolean) => void;
  onClose: () => void;
}) {
  const { on, onSwitch, onClose } = props;
  const t = useT();
  const titleId = useId();
  const keys = [
    ['j', t('approvals.keys.next')],
    ['k', t('approvals.keys.previous')],
    ['a', t('approvals.keys.approve')],
    ['r', t('approvals.keys.reject')],
    ['?', t('approvals.keys.help')],
  ];
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('approvals.keys.title')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{
            m: 0,
            mb: 2,
            display: 'grid',
            gridTemplateColumns: 'auto 1fr',
            columnGap: 2,
            rowGap: 0.5,
          }}
        >
          {keys.map(([key, what]) => (
            <Box key={key} sx={{ display: 'contents' }}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <Box component="dd" sx={{ m: 0 }}>
                {what}
              </Box>
            </Box>
          ))}
        </Box>
        <FormControlLabel
          control={
            <Switch
              checked={on}
              onChange={event => onSwitch(event.target.checked)}
            />
          }
          label={t('approvals.keys.switch')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('approvals.keys.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
