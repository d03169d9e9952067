// The Kubernetes plugin in a backend of its own, started by KubernetesPlugin.ts: Jest cannot load the ES modules that the
// plugin imports dynamically. Run by Node itself, which strips the types.
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';

process.on('disconnect', () => process.exit());
process.once('message', async (kubernetes: object) => {
  const backend = await startTestBackend({
    features: [
      kubernetesPlugin,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: { kubernetes } as never }),
    ],
  });
  process.send?.({ port: backend.server.port() });
});
