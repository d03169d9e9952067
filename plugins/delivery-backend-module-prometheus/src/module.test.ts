import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type DeliveryAnalysisProvider,
  deliveryAnalysisExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import deliveryModulePrometheus from './index';

async function start(...servers: object[]) {
  const providers: DeliveryAnalysisProvider[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        deliveryAnalysisExtensionPoint,
        {
          addProvider: provider => providers.push(provider),
          addStepKind: () => {},
        },
      ],
    ],
    features: [
      deliveryModulePrometheus,
      mockServices.rootConfig.factory({
        data: { delivery: { prometheus: { servers: servers as never } } },
      }),
    ],
  });
  await backend.stop();
  return providers;
}

it('adds the provider, for the servers that are configured', async () => {
  const [provider] = await start(
    { name: 'eu', url: 'https://eu.example' },
    { name: 'us', url: 'https://us.example' },
  );
  expect(provider.name).toBe('prometheus');
  expect(provider.queryProblem?.({ query: 'up' }, false)).toContain(
    "'eu', 'us'",
  );
});

it('refuses to start with a server that means nothing', async () => {
  await expect(start({ url: 'prometheus:9090' })).rejects.toThrow(
    'delivery.prometheus.servers[0].url must begin with',
  );
});
