import { decide } from './decide';
import { evolve } from './evolve';

/** The engine's name of changes. */
export const CHANGE_WORKFLOW = 'scaling.change';

/** Changes as the engine runs them. */
export const changeWorkflow = { type: CHANGE_WORKFLOW, decide, evolve };
