import type { Config } from '@backstage/config';
import type { Strategy, Tier } from '@slipway/backstage-plugin-delivery-common';
import {
  strategyProblems,
  type StrategyVocabulary,
} from '../domain/strategy/validate';

/** The strategy of rollouts that name none, by tier. */
export type DefaultStrategies = Record<Tier, Strategy>;

const builtIn: DefaultStrategies = {
  development: { rolling: {} },
  staging: { rolling: {} },
  production: {
    canary: {
      steps: [
        { setWeight: 10 },
        { pause: { duration: '30s' } },
        { setWeight: 50 },
        { pause: { duration: '30s' } },
      ],
    },
  },
};

/** Reads `delivery.defaultStrategies`. Throws an `Error` naming the key for a strategy that cannot be carried out. */
export function readDefaultStrategies(
  config: Config,
  vocabulary: StrategyVocabulary,
): DefaultStrategies {
  const strategies = { ...builtIn };
  for (const tier of Object.keys(builtIn) as Tier[]) {
    const key = `delivery.defaultStrategies.${tier}`;
    const configured = config.getOptional<Strategy>(key);
    if (!configured) continue;
    const [problem] = strategyProblems(configured, vocabulary);
    if (problem) throw new Error(`${key}${problem.pointer}: ${problem.detail}`);
    strategies[tier] = configured;
  }
  return strategies;
}
