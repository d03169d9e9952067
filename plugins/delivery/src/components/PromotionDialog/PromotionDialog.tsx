import { useId } from 'react';
import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import { useT } from '../../hooks/useT';
import type { ChosenComponent } from './chosenComponent';
import { PromotionForm } from './PromotionForm';

/** Starts a promotion: which releases, how far, and what would happen. */
export function PromotionDialog(props: {
  /** Where somebody began with one release. */
  first?: ChosenComponent;
  onClose: () => void;
}) {
  const { first, onClose } = props;
  const t = useT();
  const titleId = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('promote.title')}</DialogTitle>
      <PromotionForm first={first} onClose={onClose} />
    </Dialog>
  );
}
