import type { ElementType } from 'react';
import Box from '@mui/material/Box';
import ContinueIcon from '@mui/icons-material/SkipNext';
import RefreshIcon from '@mui/icons-material/Refresh';
import UndoIcon from '@mui/icons-material/Undo';
import type {
  Promotion,
  PromotionAction,
} from '@slipway/backstage-plugin-delivery-common';
import { ReasonButton } from '@slipway/backstage-plugin-slipway-react';
import { useAskedAction } from '../../hooks/useAskedAction';
import { usePromotionAction } from '../../hooks/usePromotionAction';
import { useT } from '../../hooks/useT';
import { ConfirmDialog } from '../ConfirmDialog';
import { promotionWhat } from '../PromotionsTable';

const order: PromotionAction[] = ['retry', 'continue', 'abort'];

const icons: Record<PromotionAction, ElementType> = {
  retry: RefreshIcon,
  continue: ContinueIcon,
  abort: UndoIcon,
};

/** The stages that wait for a person, by title. */
function failedStages(promotion: Promotion): string {
  return promotion.stages
    .filter(({ status }) => status === 'waiting')
    .map(({ title }) => title)
    .join(', ');
}

/** The buttons that steer a promotion; each asks once. */
export function PromotionActions(props: {
  promotion: Promotion;
  /** Called with the promotion as it is after an action, or with a newer state that was met on the way. */
  onPromotion: (promotion: Promotion) => void;
}) {
  const { promotion, onPromotion } = props;
  const t = useT();
  const { act, acting } = usePromotionAction();
  const { asking, error, changed, ask, take } = useAskedAction<
    Promotion,
    PromotionAction
  >((action, reason) => act(promotion, action, reason), onPromotion);
  const { allowedActions } = promotion;
  const known = order.filter(action => allowedActions[action]);
  // What has ended can never be steered again.
  if (promotion.finishedAt || known.length === 0) return null;

  const words = {
    what: promotionWhat(t, promotion.items),
    stages: failedStages(promotion) || t('promotionConfirm.failedStages'),
  };
  return (
    <Box sx={{ mb: 3 }}>
      <Box
        role="group"
        aria-label={t('promotionActions.label')}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
      >
        {known.map(action => {
          const Icon = icons[action];
          const permission = allowedActions[action];
          const isWaitedFor =
            action !== 'abort' &&
            promotion.waitingFor === 'person' &&
            permission?.allowed;
          return (
            <ReasonButton
              key={action}
              color={action === 'abort' ? 'error' : 'primary'}
              variant={isWaitedFor ? 'contained' : 'outlined'}
              startIcon={<Icon />}
              disabled={acting !== undefined}
              reason={
                permission?.allowed
                  ? undefined
                  : (permission?.reason ?? t('actions.notAllowed'))
              }
              onClick={() => ask(action)}
            >
              {t(`promotionActions.${action}`)}
            </ReasonButton>
          );
        })}
      </Box>
      {asking && (
        <ConfirmDialog
          title={t(`promotionConfirm.${asking}.title`, words)}
          text={t(`promotionConfirm.${asking}.text`, words)}
          submit={t(`promotionConfirm.${asking}.button`)}
          color={asking === 'abort' ? 'error' : 'primary'}
          permission={allowedActions[asking]}
          acting={acting !== undefined}
          error={error}
          changed={changed ? t('promotionConfirm.changed') : undefined}
          onConfirm={reason => take(asking, reason)}
          onClose={() => ask(undefined)}
        />
      )}
    </Box>
  );
}
