import type { PromotionItem } from '@slipway/backstage-plugin-delivery-common';
import type { T } from '../../hooks/useT';

/** Components of a set that are named; the others are counted. */
const MOST_NAMED = 3;

/** What is promoted, in a few words. */
export function promotionWhat(t: T, items: readonly PromotionItem[]): string {
  const what = items
    .slice(0, MOST_NAMED)
    .map(one =>
      t('promotions.item', {
        component: one.componentTitle,
        version: one.release.version,
      }),
    )
    .join(', ');
  const others = items.length - MOST_NAMED;
  return others > 0
    ? t('promotions.more', { what, number: String(others) })
    : what;
}
