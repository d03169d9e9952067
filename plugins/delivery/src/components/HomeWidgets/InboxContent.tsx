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
import { canAct } from './canAct';

const filter = { active: true, waitingFor: 'person' as const, limit: 200 };

/** Home widget: rollouts that wait for a person, and this person may help on. */
export function InboxContent() {
  const t = useT();
  const links = useDeliveryLinks();
  const query = useRollouts(filter);
  const mine = query.data?.items.filter(canAct) ?? [];
  return (
    <TextRoot>
      <Loaded
        query={query}
        errorTitle={t('inbox.failed')}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={() => mine.length === 0}
        empty={
          <EmptyState
            title={t('inbox.empty')}
            description={t('inbox.emptyHelp')}
          >
            {links.root && (
              <ButtonLink to={links.root} variant="outlined">
                {t('matrix.pageTitle')}
              </ButtonLink>
            )}
          </EmptyState>
        }
      >
        {() => <ActiveRolloutList label={t('inbox.title')} rollouts={mine} />}
      </Loaded>
    </TextRoot>
  );
}
