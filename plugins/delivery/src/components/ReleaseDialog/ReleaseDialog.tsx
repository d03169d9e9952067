import { useId } from 'react';
import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import type { Release } from '@slipway/backstage-plugin-delivery-common';
import { Loaded } from '@slipway/backstage-plugin-slipway-react';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useNewestRelease } from '../../hooks/useNewestRelease';
import { useSettings } from '../../hooks/useSettings';
import { useT } from '../../hooks/useT';
import { ReleaseForm } from './ReleaseForm';

/** Records a release of a component. */
export function ReleaseDialog(props: {
  componentRef: string;
  componentTitle: string;
  onCreated: (release: Release) => void;
  onClose: () => void;
}) {
  const { componentRef, componentTitle, onCreated, onClose } = props;
  const t = useT();
  const titleId = useId();
  const settings = useSettings();
  const environments = useEnvironments();
  const newest = useNewestRelease(componentRef);
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('newRelease.title', { component: componentTitle })}
      </DialogTitle>
      <Loaded query={settings} errorTitle={t('rollOut.loadFailed')}>
        {settingsNow => (
          <Loaded query={newest} errorTitle={t('releases.failed')}>
            {({ release }) => (
              <ReleaseForm
                componentRef={componentRef}
                artifactKinds={settingsNow.artifactKinds}
                environments={environments.data ?? []}
                last={release}
                onCreated={onCreated}
                onClose={onClose}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Dialog>
  );
}
