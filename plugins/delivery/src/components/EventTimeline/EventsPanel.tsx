import { useState } from 'react';
import Button from '@mui/material/Button';
import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';
import {
  EmptyState,
  Loaded,
  Panel,
  type Query,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { EventTimeline } from './EventTimeline';

/** The history of one rollout or promotion. */
export function EventsPanel({ query }: { query: Query<RolloutEvent[]> }) {
  const t = useT();
  const [newestFirst, setNewestFirst] = useState(true);
  return (
    <Panel
      title={t('events.title')}
      actions={
        <Button size="small" onClick={() => setNewestFirst(!newestFirst)}>
          {newestFirst ? t('events.oldestFirst') : t('events.newestFirst')}
        </Button>
      }
    >
      <Loaded
        query={query}
        errorTitle={t('events.failed')}
        isEmpty={events => events.length === 0}
        empty={
          <EmptyState
            title={t('events.empty')}
            description={t('events.emptyHelp')}
          />
        }
      >
        {events => (
          <EventTimeline
            events={newestFirst ? [...events].reverse() : events}
          />
        )}
      </Loaded>
    </Panel>
  );
}
