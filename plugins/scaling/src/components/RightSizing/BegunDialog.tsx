import { useId } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { ButtonLink } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Says that the rollout has begun, and where it is seen. */
export function BegunDialog(props: {
  title: string;
  rolloutId: string;
  onClose: () => void;
}) {
  const { title, rolloutId, onClose } = props;
  const t = useT();
  const titleId = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Alert severity="success">{t('rightSizing.release.begun')}</Alert>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('whatIf.close')}</Button>
        <ButtonLink
          variant="contained"
          to={`/delivery/rollouts/${encodeURIComponent(rolloutId)}`}
        >
          {t('rightSizing.release.see')}
        </ButtonLink>
      </DialogActions>
    </Dialog>
  );
}
