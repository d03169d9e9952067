export { RolloutFacts } from './RolloutFacts';
export { strategyKind, type StrategyKind } from './strategyKind';
