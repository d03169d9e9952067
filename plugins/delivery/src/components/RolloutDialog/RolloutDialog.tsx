import { useId } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { EmptyState, Loaded } from '@slipway/backstage-plugin-slipway-react';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useReleases } from '../../hooks/useReleases';
import { useSettings } from '../../hooks/useSettings';
import { useT } from '../../hooks/useT';
import { RolloutForm } from './RolloutForm';

/** Starts a rollout: which release, where to, and how. */
export function RolloutDialog(props: {
  componentRef: string;
  componentTitle: string;
  environmentRef?: string;
  releaseId?: string;
  onClose: () => void;
}) {
  const { componentRef, componentTitle, environmentRef, releaseId, onClose } =
    props;
  const t = useT();
  const titleId = useId();
  const settings = useSettings();
  const environments = useEnvironments();
  const releases = useReleases(componentRef);
  const cancel = <Button onClick={onClose}>{t('form.cancel')}</Button>;
  const errorTitle = t('rollOut.loadFailed');
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('rollOut.title', { component: componentTitle })}
      </DialogTitle>
      <Loaded query={settings} errorTitle={errorTitle}>
        {settingsNow => (
          <Loaded query={environments} errorTitle={errorTitle}>
            {environmentList => (
              <Loaded
                query={releases}
                errorTitle={errorTitle}
                isEmpty={({ items }) => items.length === 0}
                empty={
                  <>
                    <DialogContent>
                      <EmptyState
                        title={t('rollOut.noReleases')}
                        description={t('rollOut.noReleasesHelp')}
                      />
                    </DialogContent>
                    <DialogActions>{cancel}</DialogActions>
                  </>
                }
              >
                {({ items }) => (
                  <RolloutForm
                    componentRef={componentRef}
                    componentTitle={componentTitle}
                    settings={settingsNow}
                    environments={environmentList}
                    releases={items}
                    initialEnvironment={environmentRef}
                    initialRelease={releaseId}
                    onClose={onClose}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Dialog>
  );
}
