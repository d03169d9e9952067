import type { Strategy } from '@slipway/backstage-plugin-delivery-common';

export type StrategyKind = 'rolling' | 'blueGreen' | 'canary';

/** Which of its keys a strategy has. */
export function strategyKind(strategy: Strategy): StrategyKind {
  if (strategy.canary) return 'canary';
  return strategy.blueGreen ? 'blueGreen' : 'rolling';
}
