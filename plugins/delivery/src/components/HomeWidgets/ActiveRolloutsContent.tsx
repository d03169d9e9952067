import { Link } from '@backstage/core-components';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  SkeletonRows,
  TextRoot,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { ActiveRolloutList } from '../ActiveRollouts';

const filter = { active: true, limit: 10 };

/** Home widget: what is being rolled out now. */
export function ActiveRolloutsContent() {
  const t = useT();
  const links = useDeliveryLinks();
  const query = useRollouts(filter);
  return (
    <TextRoot>
      <Loaded
        query={query}
        errorTitle={t('active.failed')}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t('active.empty')}
            description={t('active.emptyHelp')}
          >
            {links.root && (
              <ButtonLink to={links.root} variant="outlined">
                {t('matrix.pageTitle')}
              </ButtonLink>
            )}
          </EmptyState>
        }
      >
        {({ items, page }) => (
          <>
            <ActiveRolloutList label={t('active.title')} rollouts={items} />
            {items.length < page.totalItems && links.rollouts && (
              <Link to={`${links.rollouts}?active=true`}>
                {t('active.all', { count: page.totalItems })}
              </Link>
            )}
          </>
        )}
      </Loaded>
    </TextRoot>
  );
}
