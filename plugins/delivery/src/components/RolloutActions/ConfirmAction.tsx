import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { ConfirmDialog } from '../ConfirmDialog';
import type { DangerousAction } from './actions';

/** Asks once before a dangerous action on a rollout. */
export function ConfirmAction(props: {
  action: DangerousAction;
  rollout: Rollout;
  acting: boolean;
  error?: unknown;
  changed: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const { action, rollout, changed, ...rest } = props;
  const t = useT();
  const words = {
    component: rollout.componentTitle,
    environment: rollout.environmentName,
    version: rollout.release.version,
    previous: rollout.previousRelease?.version ?? t('release.none'),
    weight: String(rollout.weight),
  };
  const isUnderWay = action === 'breakGlass' && rollout.phase !== 'held';
  const text = () => {
    if (isUnderWay) return t('confirm.breakGlass.textUnderWay');
    if (action !== 'abort') return t(`confirm.${action}.text`, words);
    if (rollout.phase === 'held') return t('confirm.abort.textHeld', words);
    return rollout.previousRelease
      ? t('confirm.abort.text', words)
      : t('confirm.abort.textFirst', words);
  };
  return (
    <ConfirmDialog
      {...rest}
      title={t(`confirm.${action}.title`, words)}
      text={text()}
      submit={t(
        isUnderWay
          ? 'confirm.breakGlass.buttonUnderWay'
          : `confirm.${action}.button`,
      )}
      color={action === 'promoteFull' ? 'primary' : 'error'}
      permission={rollout.allowedActions[action]}
      needsReason={action === 'breakGlass'}
      changed={changed ? t('confirm.changed') : undefined}
    />
  );
}
