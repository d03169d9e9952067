import { decide } from './decide';
import { evolve } from './evolve';

/** The engine's name of promotions. */
export const PROMOTION_WORKFLOW = 'delivery.promotion';

/** Promotions as the engine runs them. */
export const promotionWorkflow = { type: PROMOTION_WORKFLOW, decide, evolve };
