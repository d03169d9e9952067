import type { ElementType } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ButtonProps } from '@mui/material/Button';
import BreakGlassIcon from '@mui/icons-material/GppMaybe';
import FastForwardIcon from '@mui/icons-material/FastForward';
import PauseIcon from '@mui/icons-material/Pause';
import PlayIcon from '@mui/icons-material/PlayArrow';
import RefreshIcon from '@mui/icons-material/Refresh';
import SkipIcon from '@mui/icons-material/SkipNext';
import UndoIcon from '@mui/icons-material/Undo';
import type {
  Rollout,
  RolloutAction,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  ReasonButton,
} from '@slipway/backstage-plugin-slipway-react';
import { useAskedAction } from '../../hooks/useAskedAction';
import { useRolloutAction } from '../../hooks/useRolloutAction';
import { useT } from '../../hooks/useT';
import { actionsOf, isDangerous } from './actions';
import { ConfirmAction } from './ConfirmAction';

const icons: Record<RolloutAction, ElementType> = {
  pause: PauseIcon,
  resume: PlayIcon,
  promote: SkipIcon,
  promoteFull: FastForwardIcon,
  abort: UndoIcon,
  retry: RefreshIcon,
  breakGlass: BreakGlassIcon,
};

function lookOf(action: RolloutAction, rollout: Rollout): Partial<ButtonProps> {
  if (action === 'abort' || action === 'breakGlass')
    return { color: 'error', variant: 'outlined' };
  const isWaitedFor =
    rollout.waitingFor === 'person' &&
    rollout.allowedActions[action]?.allowed &&
    (action === 'promote' || action === 'resume' || action === 'retry');
  return { variant: isWaitedFor ? 'contained' : 'outlined' };
}

/** The buttons that steer a rollout. */
export function RolloutActions(props: {
  rollout: Rollout;
  /** Called with the rollout as it is after an action, or with a newer state that was met on the way. */
  onRollout: (rollout: Rollout) => void;
}) {
  const { rollout, onRollout } = props;
  const t = useT();
  const { act, acting } = useRolloutAction();
  const { asking, error, changed, ask, take } = useAskedAction<
    Rollout,
    RolloutAction
  >((action, reason) => act(rollout, action, reason), onRollout);

  return (
    <Box sx={{ mb: 3 }}>
      {!asking && Boolean(error) && (
        <ErrorBanner title={t('confirm.failed')} error={error} />
      )}
      {!asking && changed && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('confirm.changed')}
        </Alert>
      )}
      <Box
        role="group"
        aria-label={t('actions.label')}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
      >
        {actionsOf(rollout).map(action => {
          const Icon = icons[action];
          const permission = rollout.allowedActions[action];
          return (
            <ReasonButton
              key={action}
              {...lookOf(action, rollout)}
              startIcon={<Icon />}
              disabled={acting !== undefined}
              reason={
                permission?.allowed
                  ? undefined
                  : (permission?.reason ?? t('actions.notAllowed'))
              }
              onClick={() => {
                if (isDangerous(action)) ask(action);
                else take(action);
              }}
            >
              {t(`actions.${action}`)}
            </ReasonButton>
          );
        })}
      </Box>
      {asking && isDangerous(asking) && (
        <ConfirmAction
          action={asking}
          rollout={rollout}
          acting={acting !== undefined}
          error={error}
          changed={changed}
          onConfirm={reason => take(asking, reason)}
          onClose={() => ask(undefined)}
        />
      )}
    </Box>
  );
}
