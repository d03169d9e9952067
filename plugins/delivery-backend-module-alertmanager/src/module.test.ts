import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type DeliveryIncidentSource,
  deliveryIncidentsExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import deliveryModuleAlertmanager from './index';

it('adds a source for each Alertmanager that is configured', async () => {
  const sources: DeliveryIncidentSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        deliveryIncidentsExtensionPoint,
        { addSource: source => sources.push(source) },
      ],
    ],
    features: [
      deliveryModuleAlertmanager,
      mockServices.rootConfig.factory({
        data: {
          delivery: {
            alertmanager: [
              { url: 'https://a.example/' },
              { name: 'eu', url: 'https://b.example' },
            ],
          },
        },
      }),
    ],
  });
  await backend.stop();
  expect(sources.map(({ name, title }) => [name, title])).toEqual([
    ['alertmanager:alertmanager', 'Alertmanager'],
    ['alertmanager:eu', "Alertmanager 'eu'"],
  ]);
});
