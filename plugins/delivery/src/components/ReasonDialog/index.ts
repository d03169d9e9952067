export { ReasonDialog } from './ReasonDialog';
export { SHORTEST_REASON } from './shortestReason';
