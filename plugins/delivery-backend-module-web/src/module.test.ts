import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type DeliveryAnalysisProvider,
  deliveryAnalysisExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import deliveryModuleWeb from './index';

async function start(allow: Array<Record<string, string>>) {
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
      deliveryModuleWeb,
      mockServices.rootConfig.factory({
        data: { delivery: { web: { allow } } },
      }),
    ],
  });
  await backend.stop();
  return providers;
}

describe('deliveryModuleWeb', () => {
  it('adds the provider', async () => {
    const providers = await start([{ host: 'metrics.example.com' }]);
    expect(providers.map(({ name }) => name)).toEqual(['web']);
  });

  it('refuses to start with an entry that means nothing', async () => {
    await expect(start([{ host: '*.example.com' }])).rejects.toThrow(
      'delivery.web.allow[0].host must be one host name',
    );
  });
});
