import { lazy, Suspense, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Snackbar from '@mui/material/Snackbar';
import { useSWRConfig } from 'swr';
import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import { TextRoot } from '@slipway/backstage-plugin-slipway-react';
import { EnvironmentCards } from '../../components/EnvironmentCards';
import { PipelinePanel } from '../../components/PipelinePanel';
import { useDeployments } from '../../hooks/useDeployments';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useT } from '../../hooks/useT';
import { useTargetActions } from '../../hooks/useTargetActions';
import { HistoryPanel } from './HistoryPanel';
import { ReleasesPanel } from './ReleasesPanel';

const RolloutDialog = lazy(() =>
  import('../../components/RolloutDialog').then(m => ({
    default: m.RolloutDialog,
  })),
);
const RollbackDialog = lazy(() =>
  import('../../components/RollbackDialog').then(m => ({
    default: m.RollbackDialog,
  })),
);
const PromotionDialog = lazy(() =>
  import('../../components/PromotionDialog').then(m => ({
    default: m.PromotionDialog,
  })),
);
const ReleaseDialog = lazy(() =>
  import('../../components/ReleaseDialog').then(m => ({
    default: m.ReleaseDialog,
  })),
);

type OpenDialog =
  | { kind: 'rollOut'; environmentRef?: string; releaseId?: string }
  | { kind: 'rollBack'; deployment: Deployment }
  | { kind: 'promote'; releaseId: string }
  | { kind: 'release' };

/** What runs where of one component, what happened, and what could run. */
export function EntityDeploymentsPage() {
  const t = useT();
  const { entity } = useEntity();
  const componentRef = stringifyEntityRef(entity);
  const componentTitle = entity.metadata.title ?? entity.metadata.name;
  const environments = useEnvironments();
  const deployments = useDeployments({ componentRef });
  // Recording a release has to do with no environment; the API tells it with each.
  const mayRelease = useTargetActions(
    componentRef,
    environments.data?.at(0)?.ref,
  ).data?.release;
  const { mutate } = useSWRConfig();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [created, setCreated] = useState<string>();
  const close = () => setDialog(undefined);

  return (
    <TextRoot>
      <EnvironmentCards
        componentRef={componentRef}
        componentTitle={componentTitle}
        onRollOut={environmentRef =>
          setDialog({ kind: 'rollOut', environmentRef })
        }
        onRollBack={deployment => setDialog({ kind: 'rollBack', deployment })}
      />
      <PipelinePanel
        componentRef={componentRef}
        onRollOut={target => setDialog({ kind: 'rollOut', ...target })}
      />
      <ReleasesPanel
        componentRef={componentRef}
        componentTitle={componentTitle}
        onRollOut={release =>
          setDialog({ kind: 'rollOut', releaseId: release.id })
        }
        onPromote={release =>
          setDialog({ kind: 'promote', releaseId: release.id })
        }
        onCreate={() => setDialog({ kind: 'release' })}
        refusal={
          mayRelease && !mayRelease.allowed
            ? (mayRelease.reason ?? t('actions.notAllowed'))
            : undefined
        }
      />
      <HistoryPanel componentRef={componentRef} />
      <Suspense fallback={null}>
        {dialog?.kind === 'rollOut' && (
          <RolloutDialog
            componentRef={componentRef}
            componentTitle={componentTitle}
            environmentRef={dialog.environmentRef}
            releaseId={dialog.releaseId}
            onClose={close}
          />
        )}
        {dialog?.kind === 'rollBack' && (
          <RollbackDialog
            deployment={dialog.deployment}
            deployments={deployments.data?.items ?? []}
            onClose={close}
          />
        )}
        {dialog?.kind === 'promote' && (
          <PromotionDialog
            first={{
              ref: componentRef,
              title: componentTitle,
              releaseId: dialog.releaseId,
            }}
            onClose={close}
          />
        )}
        {dialog?.kind === 'release' && (
          <ReleaseDialog
            componentRef={componentRef}
            componentTitle={componentTitle}
            onClose={close}
            onCreated={release => {
              close();
              setCreated(release.version);
              // Every page of the list has moved by one.
              mutate(
                key =>
                  Array.isArray(key) &&
                  key[0] === 'delivery' &&
                  key[1] === 'releases',
              );
            }}
          />
        )}
      </Suspense>
      <Snackbar
        open={created !== undefined}
        autoHideDuration={6000}
        onClose={() => setCreated(undefined)}
        message={t('newRelease.created', { version: created ?? '' })}
      />
    </TextRoot>
  );
}
