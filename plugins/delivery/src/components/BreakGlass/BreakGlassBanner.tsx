import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type {
  AllowedActions,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ReasonButton,
  ReasonDialog,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';

/** That closed gates were passed by force: who, when, why, and who has looked at it since. */
export function BreakGlassBanner(props: {
  rollout: Rollout;
  /** Of the rollout, or of its approval. */
  review?: AllowedActions[string];
  onReviewed: (rollout: Rollout) => void;
}) {
  const { rollout, review, onReviewed } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const [asking, setAsking] = useState(false);
  const used = rollout.gates?.breakGlass;
  if (!used) return null;
  const words = {
    component: rollout.componentTitle,
    version: rollout.release.version,
    environment: rollout.environmentName,
  };
  return (
    <Alert
      severity={used.review ? 'warning' : 'error'}
      variant={used.review ? 'standard' : 'outlined'}
      sx={{ mb: 3, fontSize: 16, borderWidth: 2, overflowWrap: 'anywhere' }}
      action={
        !used.review && (
          <ReasonButton
            variant="contained"
            color="error"
            sx={{ whiteSpace: 'nowrap', overflowWrap: 'normal' }}
            reason={
              review && !review.allowed
                ? (review.reason ?? t('actions.notAllowed'))
                : undefined
            }
            onClick={() => setAsking(true)}
          >
            {t('breakGlass.review')}
          </ReasonButton>
        )
      }
    >
      <AlertTitle sx={{ fontSize: 18 }}>{t('breakGlass.title')}</AlertTitle>
      <div>
        {t('breakGlass.by')} <ActorLink actor={used.by} />{' '}
        <RelativeTime at={used.at} />. {t('breakGlass.because')} “{used.reason}”
      </div>
      {used.review ? (
        <div>
          {t('breakGlass.reviewed')} <ActorLink actor={used.review.by} />{' '}
          <RelativeTime at={used.review.at} />: “{used.review.comment}”
        </div>
      ) : (
        <strong>{t('breakGlass.mustReview')}</strong>
      )}
      {asking && (
        <ReasonDialog
          title={t('breakGlass.reviewTitle', words)}
          text={t('breakGlass.reviewText', words)}
          submit={t('breakGlass.reviewButton')}
          failed={t('breakGlass.reviewFailed')}
          body={reason => ({ reason })}
          send={(body, options) =>
            api.reviewBreakGlass(rollout.id, body, options)
          }
          onDone={now => {
            setAsking(false);
            onReviewed(now);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Alert>
  );
}
