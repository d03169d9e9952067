import type { JsonObject } from '@backstage/types';
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryAsCaller } from './DeliveryAsCaller';

type StrategyChoice =
  'default' | 'rolling' | 'blueGreen' | 'canary' | JsonObject;

/** For a portal without a default canary: a fifth, then half of the traffic, a little while each. */
const PLAIN_CANARY: Strategy = {
  canary: {
    steps: [
      { setWeight: 20 },
      { pause: { duration: '15s' } },
      { setWeight: 50 },
      { pause: { duration: '15s' } },
    ],
  },
};

/**
 * Turns a choice in a form into a strategy. A kind by name is the portal's own default of that kind, from the tier
 * closest to production; nothing stands for the default of the environment.
 */
export async function chooseStrategy(
  delivery: DeliveryAsCaller,
  choice: StrategyChoice | undefined,
): Promise<Strategy | undefined> {
  if (choice === undefined || choice === 'default') return undefined;
  // The API checks it, and says which field is wrong.
  if (typeof choice === 'object') return choice as Strategy;
  const { defaultStrategies } = await delivery.call((client, options) =>
    client.getSettings(options),
  );
  const { production, staging, development } = defaultStrategies;
  const preset = [production, staging, development].find(
    strategy => strategy[choice],
  );
  if (preset) return preset;
  switch (choice) {
    case 'canary':
      return PLAIN_CANARY;
    case 'blueGreen':
      return { blueGreen: {} };
    default:
      return { rolling: {} };
  }
}
