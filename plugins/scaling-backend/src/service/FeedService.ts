import {
  eventReadPermission,
  type ScalingCloudEvent,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type Authorizer,
  type Caller,
  FieldError,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine, RecordedEvent } from '@slipway/workflow-engine';

/** The feed of all that happened to changes, for other plugins. */
export class FeedService {
  constructor(
    private readonly options: { engine: Engine; authorizer: Authorizer },
  ) {}

  async read(
    query: { after?: string; limit: number },
    caller: Caller,
  ): Promise<{ events: ScalingCloudEvent[]; cursor: string; more: boolean }> {
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

function cloudEvent(event: RecordedEvent): ScalingCloudEvent {
  const { type: _type, ...data } = event.data;
  return {
    specversion: '1.0',
    id: event.id,
    source: '/api/scaling',
    type: `dev.slipway.scaling.${event.type}`,
    subject: event.runId,
    time: event.at,
    datacontenttype: 'application/json',
    data: { ...data, actor: { ...event.actor } },
  };
}
