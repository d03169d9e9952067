import { Story } from '@slipway/workflow-engine';
import type { PromotionEvent } from './events';
import { evolve } from './evolve';
import type { PromotionState } from './state';

/** What one command does to a promotion that has begun. */
export class PromotionStory extends Story<PromotionState, PromotionEvent> {
  constructor(state: PromotionState | undefined, now: number) {
    super(state, now, evolve);
  }

  get present(): PromotionState {
    if (!this.state) throw new TypeError('A promotion without a state');
    return this.state;
  }
}
