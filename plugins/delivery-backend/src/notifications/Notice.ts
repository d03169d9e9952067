import type { NotificationPayload } from '@backstage/plugin-notifications-common';

/** Something that people should hear of. */
export interface Notice {
  /** Users and groups. */
  to: string[];
  except: string[];
  payload: NotificationPayload;
}

/** What a notice says. */
export type NoticeWords = Pick<
  NotificationPayload,
  'title' | 'description' | 'severity'
>;

/** A notice that leads to the inbox; nothing when it is for nobody. */
export function approvalNotice(
  event: { id: string; runId: string },
  { to, except, words }: { to: string[]; except: string[]; words: NoticeWords },
): Notice | undefined {
  if (!to.length) return undefined;
  return {
    to,
    except,
    payload: {
      ...words,
      topic: 'Approvals',
      link: `/delivery/approvals?id=${event.runId}`,
      // The same event told twice is one notification.
      scope: `delivery:${event.id}`,
    },
  };
}
