import { decide } from './decide';
import { evolve } from './evolve';

/** The engine's name of rollouts. */
export const ROLLOUT_WORKFLOW = 'delivery.rollout';

/** Rollouts as the engine runs them. */
export const rolloutWorkflow = { type: ROLLOUT_WORKFLOW, decide, evolve };
