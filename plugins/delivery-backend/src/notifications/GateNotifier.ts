import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Engine, RecordedEvent } from '@slipway/workflow-engine';
import type { CursorStore } from '../database/CursorStore';
import type { DeploymentStore } from '../database/DeploymentStore';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type { RolloutState } from '../domain/rollout/state';
import type { RequestEvent } from '../domain/request/events';
import type { RequestState } from '../domain/request/state';
import { gateNotice, noticedEvents } from './gateNotice';
import type { Notice } from './Notice';
import { noticedRequestEvents, requestNotice } from './requestNotice';
import { noticedWindowEvents, windowNotice } from './windowNotice';

/** What is older than this is no news: whoever it concerns has found it in the inbox. */
const newsMs = 3_600_000;
const batch = 100;

type NoticedEvent =
  RecordedEvent<RolloutDomainEvent> | RecordedEvent<RequestEvent>;

/**
 * Tells people what their gates wait for, and what windows hold, from the feed by cursor: nothing is told before it has happened, and what could
 * not be told is tried again.
 */
export class GateNotifier {
  constructor(
    private readonly options: {
      engine: Engine;
      cursor: CursorStore;
      deployments: DeploymentStore;
      notifications: NotificationService;
      logger: LoggerService;
      now: () => number;
    },
  ) {}

  /** Reads on from where the last call came to. */
  async run(): Promise<void> {
    const { cursor, engine, logger } = this.options;
    for (;;) {
      const feed = await engine.feed({
        after: await cursor.read(),
        limit: batch,
        types: [
          ...noticedEvents,
          ...noticedWindowEvents,
          ...noticedRequestEvents,
        ],
      });
      for (const event of feed.events as NoticedEvent[]) {
        try {
          await this.tell(event);
        } catch (error) {
          logger.warn(`People could not be notified, next try soon: ${error}`);
          return;
        }
        await cursor.write(event.cursor);
      }
      if (!feed.events.length) await cursor.write(feed.cursor);
      if (!feed.more) return;
    }
  }

  private async tell(event: NoticedEvent): Promise<void> {
    const { notifications, now } = this.options;
    if (Date.parse(event.at) < now() - newsMs) return;
    const notice = await this.noticeOf(event);
    if (!notice) return;
    await notifications.send({
      recipients: {
        type: 'entity',
        entityRef: notice.to,
        excludeEntityRef: notice.except,
      },
      payload: notice.payload,
    });
  }

  private async noticeOf(event: NoticedEvent): Promise<Notice | undefined> {
    const { deployments, engine } = this.options;
    if (isOfRequest(event)) {
      const run = await engine.read<RequestState>(event.runId);
      return run && requestNotice(event, run.state);
    }
    const run = await engine.read<RolloutState>(event.runId);
    if (!run) return undefined;
    const deployment = await deployments.get(run.state.request.target);
    return (
      windowNotice(event, run.state, deployment?.ownerRef) ??
      gateNotice(event, run.state, deployment?.ownerRef)
    );
  }
}

function isOfRequest(
  event: NoticedEvent,
): event is RecordedEvent<RequestEvent> {
  return event.type.startsWith('request.');
}
