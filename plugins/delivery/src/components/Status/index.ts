export { GateWord } from './GateWord';
export { HealthWord } from './HealthWord';
export { PhaseWord } from './PhaseWord';
export { StageVerdictWord } from './StageVerdictWord';
export { VerdictWord } from './VerdictWord';
export { compareHealth } from './compareHealth';
export { isEnded } from './isEnded';
