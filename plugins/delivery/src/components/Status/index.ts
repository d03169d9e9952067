export { HealthWord } from './HealthWord';
export { PhaseWord } from './PhaseWord';
export { StatusWord, type StatusTone } from './StatusWord';
export { VerdictWord } from './VerdictWord';
export { compareHealth } from './compareHealth';
export { isEnded } from './isEnded';
