import type { RecordedEvent } from '@slipway/workflow-engine';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type { RolloutState } from '../domain/rollout/state';
import { heldInWords } from '../domain/windows/inWords';
import type { Notice } from './Notice';

/** The events that say what windows do to a rollout under way. */
export const noticedWindowEvents = ['gates.windows'] satisfies Array<
  RolloutDomainEvent['type']
>;

/** What whoever began a rollout, and whose component it is, hear of windows that hold it under way. Pure. */
export function windowNotice(
  event: RecordedEvent<RolloutDomainEvent>,
  { request }: RolloutState,
  ownerRef: string | undefined,
): Notice | undefined {
  if (event.data.type !== 'gates.windows') return undefined;
  const { windows } = event.data;
  const { release, requestedBy, target } = request;
  const what = `${target.componentTitle} ${release.version} to ${target.environmentName}`;
  return {
    to: [requestedBy, ...(ownerRef ? [ownerRef] : [])],
    except: [],
    payload: {
      title: windows.open ? `Goes on: ${what}` : `Held on its way: ${what}`,
      ...(!windows.open && {
        description: heldInWords(windows),
        severity: 'high',
      }),
      topic: 'Rollouts',
      link: `/delivery/rollouts/${event.runId}`,
      // What holds it, and that it goes on, are told in the same place.
      scope: `delivery:windows:${event.runId}`,
    },
  };
}
