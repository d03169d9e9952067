import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import { useNavigate } from 'react-router-dom';
import type {
  ResourceSizing,
  RightSizeRequest,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { rolloutRouteRef } from '../../routes';
import { quantity } from './quantities';

/** Has what runs rolled out with the recommended requests, once somebody has said why, and leads to the rollout. */
export function ReleaseDialog(props: {
  target: ScalingTarget;
  /** Those that differ from what there is. */
  sizings: ResourceSizing[];
  days: number;
  onClose: () => void;
}) {
  const { target, sizings, days, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const navigate = useNavigate();
  const rolloutLink = useRouteRef(rolloutRouteRef);
  const recommended = (resource: ResourceSizing['resource']) =>
    sizings.find(sizing => sizing.resource === resource)?.recommended;
  const cpuCores = recommended('cpu');
  const memoryBytes = recommended('memory');
  return (
    <ReasonDialog
      title={t('rightSizing.release.title', {
        component: target.componentTitle,
        environment: target.environmentName,
      })}
      submit={t('rightSizing.release.submit')}
      failed={t('rightSizing.release.failed')}
      body={(reason): RightSizeRequest => ({
        days,
        reason,
        ...(cpuCores !== undefined && { cpuCores }),
        ...(memoryBytes !== undefined && { memoryBytes }),
      })}
      send={(body, options) => api.rightSize(target.id, body, options)}
      onDone={({ rolloutId }) => {
        onClose();
        const link = rolloutLink?.({ id: rolloutId });
        if (link) navigate(link);
      }}
      onClose={onClose}
    >
      <Alert severity="info">
        {sizings.map(({ recommended: to, request, resource }) => (
          <div key={resource}>
            {t(`rightSizing.release.${resource}`, {
              from:
                request === undefined
                  ? t('rightSizing.unset')
                  : quantity(t, resource, request),
              to: quantity(t, resource, to),
            })}
          </div>
        ))}
        <div>{t('rightSizing.release.will')}</div>
      </Alert>
    </ReasonDialog>
  );
}
