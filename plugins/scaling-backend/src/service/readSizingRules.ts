import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { defaultRules, type SizingRule } from '../domain/rightSizing/rules';

/** `scaling.rightSizing`; throws `InputError` naming the key that does not hold. */
export function readSizingRules(
  config: Config,
): Record<'cpu' | 'memory', SizingRule> {
  return { cpu: readRule(config, 'cpu'), memory: readRule(config, 'memory') };
}

function readRule(config: Config, resource: 'cpu' | 'memory'): SizingRule {
  const at = `scaling.rightSizing.${resource}`;
  const rule = defaultRules[resource];
  const percentile =
    config.getOptionalNumber(`${at}.percentile`) ?? rule.percentile;
  if (!(percentile > 0 && percentile <= 100))
    throw new InputError(`${at}.percentile must be above 0 and at most 100`);
  const headroom = config.getOptionalNumber(`${at}.headroom`);
  if (headroom !== undefined && !(headroom >= 0 && headroom <= 1000))
    throw new InputError(`${at}.headroom must be from 0 to 1000, in percent`);
  return {
    ...rule,
    percentile,
    headroom: headroom === undefined ? rule.headroom : headroom / 100,
  };
}
