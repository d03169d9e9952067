import {
  ButtonLink,
  EmptyState,
  Loaded,
  PageShell,
} from '@slipway/backstage-plugin-slipway-react';
import { DeliveryNav } from '../../components/DeliveryNav';
import { DocumentProblems } from '../../components/DocumentProblems';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { usePipelines } from '../../hooks/usePipelines';
import { useT } from '../../hooks/useT';
import { PipelineView } from './PipelineView';

/** The pipelines in force, and what is wrong with documents that were not taken. */
export function PipelinesPage() {
  const t = useT();
  const links = useDeliveryLinks();
  const query = usePipelines();
  return (
    <PageShell
      title={t('pipelines.title')}
      breadcrumb={t('pipelines.title')}
      actions={<DeliveryNav />}
    >
      <Loaded query={query} errorTitle={t('pipelines.failed')}>
        {({ items, problems }) => (
          <>
            <DocumentProblems problems={problems} />
            {items.map(pipeline => (
              <PipelineView
                key={`${pipeline.componentRef ?? ''} ${pipeline.name}`}
                pipeline={pipeline}
              />
            ))}
            {items.length === 0 && (
              <EmptyState
                title={t('pipelines.empty')}
                description={t('pipelines.emptyHelp')}
              >
                {links.root && (
                  <ButtonLink to={links.root} variant="outlined">
                    {t('matrix.pageTitle')}
                  </ButtonLink>
                )}
              </EmptyState>
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}
