import {
  type DeliveryCloudEvent,
  eventReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  type Authorizer,
  type Caller,
  FieldError,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine, RecordedEvent } from '@slipway/workflow-engine';
import { publicData } from './rolloutEventView';

/** The feed of all delivery events, for other plugins. */
export class FeedService {
  constructor(
    private readonly options: { engine: Engine; authorizer: Authorizer },
  ) {}

  async read(
    query: { after?: string; limit: number },
    caller: Caller,
  ): Promise<{ events: DeliveryCloudEvent[]; cursor: string; more: boolean }> {
    await this.options.authorizer.require(
      eventReadPermission,
      caller.credentials,
    );
    try {
      const feed = await this.options.engine.feed(query);
      return { ...feed, events: feed.events.map(cloudEvent) };
    } catch (error) {
      if (error instanceof Error && error.name === 'InvalidCursorError')
        throw new FieldError([
          { pointer: 'after', detail: 'is not a cursor of this feed' },
        ]);
      throw error;
    }
  }
}

/** What happened beside the runs says itself what it is about. */
function aboutWhat({ data, runId }: RecordedEvent): string {
  return 'about' in data && typeof data.about === 'string' ? data.about : runId;
}

function cloudEvent(event: RecordedEvent): DeliveryCloudEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: '/api/delivery',
    type: `dev.slipway.delivery.${event.type}`,
    subject: aboutWhat(event),
    time: event.at,
    datacontenttype: 'application/json',
    data: { ...publicData(event.data), actor: { ...event.actor } },
  };
}
