import { decide } from './decide';
import { evolve } from './evolve';

/** The engine's name of requests for approval. */
export const REQUEST_WORKFLOW = 'delivery.request';

/** Requests for approval as the engine runs them. */
export const requestWorkflow = { type: REQUEST_WORKFLOW, decide, evolve };
