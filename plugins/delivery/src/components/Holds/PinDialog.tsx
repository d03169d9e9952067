import { useApi } from '@backstage/frontend-plugin-api';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';
import { useRefreshHolds } from './useRefreshHolds';

/** Holds automatic promotion of a component to an environment, for a reason. */
export function PinDialog(props: {
  componentRef: string;
  environmentRef: string;
  /** Component and environment, as people call them. */
  words: { component: string; environment: string };
  onClose: () => void;
}) {
  const { componentRef, environmentRef, words, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const refresh = useRefreshHolds();
  return (
    <ReasonDialog
      title={t('holds.pinTitle', words)}
      text={t('holds.pinText', words)}
      submit={t('holds.pinButton')}
      failed={t('holds.pinFailed')}
      body={reason => ({ componentRef, environmentRef, reason })}
      send={(body, options) => api.createHold(body, options)}
      onDone={() => {
        onClose();
        refresh();
      }}
      onClose={onClose}
    />
  );
}
