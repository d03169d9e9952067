import type { RolloutPhase } from '@slipway/backstage-plugin-delivery-common';
import type { PromotionEvent } from './events';
import type { PromotionDocument } from './view';

const phaseWords: Record<RolloutPhase, string> = {
  held: 'waits',
  pending: 'begins',
  preparing: 'begins',
  progressing: 'is under way',
  paused: 'is paused',
  rollingBack: 'goes back',
  succeeded: 'is through',
  rolledBack: 'went back',
  aborted: 'was aborted',
};

/** What happened, in words for a timeline. */
export function describe(
  event: PromotionEvent,
  { items, stages }: Pick<PromotionDocument, 'items' | 'stages'>,
): string {
  const titleOf = (index: number) => stages[index].title;
  const nameOf = (rolloutId: string) => {
    for (const { title, items: places } of stages)
      for (const [index, place] of places.entries())
        if ([place.rolloutId, place.rollbackId].includes(rolloutId))
          return `${items[index].componentTitle} in ${title}`;
    return 'A rollout';
  };
  const at = (place: { stage: number; item: number }) =>
    `${items[place.item].componentTitle} in ${titleOf(place.stage)}`;
  switch (event.type) {
    case 'promotion.started':
      return `Promotion through ${stages.map(({ title }) => title).join(', ')} was asked for`;
    case 'promotion.stage.started':
      return `${titleOf(event.stage)}: begins`;
    case 'promotion.stage.held':
      return `${titleOf(event.stage)}: held. ${event.message}`;
    case 'promotion.item.launched':
      return `${at(event)}: its rollout was asked for`;
    case 'promotion.item.skipped':
      return `${at(event)}: ${event.message}`;
    case 'promotion.item.failed':
      return `${at(event)}: ${event.message}`;
    case 'promotion.item.turned':
      return `${at(event)}: may begin`;
    case 'promotion.item.returning':
      return `${at(event)}: goes back to the release before`;
    case 'promotion.rollouts.seen':
      return event.rollouts
        .map(({ id, phase, message }) => {
          const what = `${nameOf(id)} ${phaseWords[phase]}`;
          return message ? `${what} (${message})` : what;
        })
        .join('; ');
    case 'promotion.stage.opened':
      return `${titleOf(event.stage)}: all are ready`;
    case 'promotion.stage.broke':
      return `${titleOf(event.stage)}: failed. ${event.message}`;
    case 'promotion.stage.retried':
      return `${titleOf(event.stage)}: tried again`;
    case 'promotion.stage.tolerated':
      return `${titleOf(event.stage)}: goes on although it failed`;
    case 'promotion.stage.takenBack':
      return `${titleOf(event.stage)}: taken back. ${event.message}`;
    case 'promotion.stage.ended':
      return `${titleOf(event.stage)}: ${event.as}${event.message ? `, ${event.message}` : ''}`;
    case 'promotion.stopping':
      return `No further stage begins. ${event.message}`;
    case 'promotion.attention':
      return event.message;
    case 'promotion.retried':
      return 'Tried again';
    case 'promotion.ended':
      return event.message;
    default:
      return assertNever(event);
  }
}

function assertNever(event: never): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}
