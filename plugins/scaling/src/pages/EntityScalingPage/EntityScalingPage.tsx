import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EmptyState,
  Loaded,
  TextRoot,
} from '@slipway/backstage-plugin-slipway-react';
import { TargetPanel } from '../../components/TargetPanel';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';

/** How one component scales, workload by workload. */
export function EntityScalingPage() {
  const t = useT();
  const { entity } = useEntity();
  const componentRef = stringifyEntityRef(entity);
  const targets = useScalingQuery(['component', componentRef], api =>
    api.listTargets({ componentRef, limit: 200 }),
  );
  return (
    <TextRoot>
      <Loaded
        query={targets}
        errorTitle={t('entity.failed')}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t('entity.empty')}
            description={t('entity.emptyHelp')}
          />
        }
      >
        {({ items }) => (
          <>
            {items.map(target => (
              <TargetPanel key={target.id} target={target} />
            ))}
          </>
        )}
      </Loaded>
    </TextRoot>
  );
}
