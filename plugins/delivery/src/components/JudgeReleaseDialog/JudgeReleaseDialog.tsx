import { useApi } from '@backstage/frontend-plugin-api';
import { useSWRConfig } from 'swr';
import type { Release } from '@slipway/backstage-plugin-delivery-common';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';

/** What depends on whether a release may be rolled out. */
const kinds = new Set(['releases', 'pipeline-preview']);

/** Marks a release as bad, or takes that back, for a reason. */
export function JudgeReleaseDialog(props: {
  release: Release;
  verdict: 'reject' | 'unreject';
  componentTitle: string;
  onClose: () => void;
}) {
  const { release, verdict, componentTitle, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const { mutate } = useSWRConfig();
  const words = { version: release.version, component: componentTitle };
  return (
    <ReasonDialog
      title={t(`releases.judge.${verdict}.title`, words)}
      text={t(`releases.judge.${verdict}.text`, words)}
      submit={t(`releases.judge.${verdict}.button`)}
      failed={t('releases.judgeFailed')}
      color={verdict === 'reject' ? 'error' : 'primary'}
      body={reason => ({ reason })}
      send={(body, options) =>
        api.judgeRelease(release.id, verdict, body, options)
      }
      onDone={() => {
        onClose();
        mutate(
          key =>
            Array.isArray(key) && key[0] === 'delivery' && kinds.has(key[1]),
        );
      }}
      onClose={onClose}
    />
  );
}
