import type { PromotionStageItem } from '@slipway/backstage-plugin-delivery-common';

/** Whether a component has a rollout in a stage that has not begun. */
export function waitsForGates(
  item: PromotionStageItem,
): item is PromotionStageItem & { rolloutId: string } {
  return item.status === 'waiting' && item.rolloutId !== undefined;
}
