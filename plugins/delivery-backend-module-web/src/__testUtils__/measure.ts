import { ConfigReader } from '@backstage/config';
import type { MeasuredValue } from '@slipway/backstage-plugin-delivery-node';
import { WebAnalysisProvider } from '../WebAnalysisProvider';
import type { Resolve } from '../checkedLookup';
import { readAllowList } from '../readAllowList';

type Query = Parameters<WebAnalysisProvider['measure']>[0];

/** Takes one measurement as the backend would, with a `delivery.web.allow` of the test's own. */
export function measure(
  query: Query,
  options: {
    allow?: Array<Record<string, string | number | undefined>>;
    resolve?: Resolve;
    signal?: AbortSignal;
  } = {},
): Promise<MeasuredValue> {
  const { allow, resolve, signal = new AbortController().signal } = options;
  const provider = new WebAnalysisProvider({
    allowList: readAllowList(
      new ConfigReader({ delivery: { web: allow ? { allow } : {} } }),
    ),
    resolve,
  });
  return provider.measure(
    query,
    {
      target: {
        componentRef: 'component:default/checkout',
        environmentRef: 'resource:default/production',
        environmentName: 'production',
        settings: {},
      },
      releaseId: 'release-2',
      version: '2.0.0',
      since: 0,
    },
    { signal, idempotencyKey: 'measurement-1' },
  );
}

/** A resolver that answers these addresses in turn, the last one from then on. */
export function resolveTo(...addresses: string[]): Resolve {
  let calls = 0;
  return (_hostname, _options, callback) => {
    const address = addresses[Math.min(calls, addresses.length - 1)];
    calls += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
}
