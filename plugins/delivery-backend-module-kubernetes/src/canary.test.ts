import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterDirectory,
  releaseKey,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import {
  httpRouteDefinition,
  httpRouteFile,
} from './__testUtils__/gatewayCrds';
import { startDelivery } from './__testUtils__/startDelivery';
import {
  callContext,
  demoWeb,
  desired,
  pause,
  reach,
  targetIn,
} from './__testUtils__/target';
import { watchTraffic } from './__testUtils__/watchTraffic';
import { KubernetesRuntime } from './KubernetesRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

// The API server and the definition of HTTPRoute are real, and so are pods. No controller of the Gateway API is there: what
// a gateway says of a route, a test writes into its status, and no request goes by weight.
describeWithCluster(
  'A canary by the weights of an HTTPRoute',
  { nodes: true, file: httpRouteFile },
  () => {
    let cluster: TestCluster;
    let plugin: KubernetesPlugin;
    let runtime: KubernetesRuntime;
    let watched: WatchedObjects;
    const one = demoWeb(1);
    const two = demoWeb(2);

    beforeAll(async () => {
      cluster = await TestCluster.start({ nodes: true, rbac });
      plugin = await KubernetesPlugin.start([await cluster.config('test')]);
      const clusters = new ClusterDirectory(plugin.services('delivery'));
      watched = new WatchedObjects({
        clusters,
        logger: mockServices.logger.mock(),
      });
      runtime = new KubernetesRuntime({
        clusters,
        watched,
        settings: {
          allowTags: true,
          progressDeadlineSeconds: 60,
          drainSeconds: 1,
          commandTimeoutSeconds: 60,
        },
        now: Date.now,
      });
    });

    afterAll(async () => {
      watched?.stop();
      await plugin?.stop();
      await cluster?.stop();
    });

    async function refusal(namespace: string, httpRoute?: string) {
      const target = targetIn(namespace);
      if (httpRoute) target.settings.httpRoute = httpRoute;
      return runtime
        .validateStrategy(target, 'canary', {
          release: demoWeb(2),
          isRollback: false,
        })
        .then(
          () => 'nothing',
          ({ name, message }: Error) => `${name}: ${message}`,
        );
    }

    /** An HTTPRoute to the Service `shop`, written by somebody who works with kubectl. */
    async function createRoute(
      namespace: string,
      name = 'shop',
      { declared = false, others = [] as string[] } = {},
    ): Promise<void> {
      const route = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name, namespace },
        spec: {
          parentRefs: [{ name: 'public' }],
          hostnames: ['shop.example.com'],
          rules: [
            {
              matches: [{ path: { type: 'PathPrefix', value: '/' } }],
              backendRefs: ['shop', ...others].map(service => ({
                name: service,
                port: 80,
              })),
            },
          ],
        },
      };
      if (declared) await cluster.apply(route, { manager: 'gitops' });
      else await cluster.create(route);
    }

    /** What a gateway would say of the last change of a route. */
    async function say(
      namespace: string,
      accepted: 'True' | 'False',
      name = 'shop',
    ): Promise<void> {
      const generation = await cluster.kubectl(
        ...['get', 'httproute', name, '-n', namespace],
        ...['-o', 'jsonpath={.metadata.generation}'],
      );
      await cluster.kubectl(
        ...['patch', 'httproute', name, '-n', namespace, '--type=merge'],
        ...['--subresource=status', '-p'],
        JSON.stringify({
          status: {
            parents: [
              {
                controllerName: 'example.com/gateway',
                parentRef: { name: 'public' },
                conditions: [
                  {
                    type: 'Accepted',
                    status: accepted,
                    reason:
                      accepted === 'True'
                        ? 'Accepted'
                        : 'NoMatchingListenerHostname',
                    message: 'as the test says',
                    lastTransitionTime: new Date().toISOString(),
                    observedGeneration: Number(generation),
                  },
                ],
              },
            ],
          },
        }),
      );
    }

    it('is refused with the reason and what to do wherever nobody would follow the weights', async () => {
      const namespace = await cluster.namespace('refused');
      expect(await refusal(namespace)).toMatch(
        /^InputError: .*'test' does not serve gateway\.networking\.k8s\.io\/v1; install the Gateway API/,
      );
      await cluster.apply(httpRouteDefinition());
      await cluster.kubectl(
        ...['wait', '--for=condition=Established', '--timeout=20s'],
        'crd/httproutes.gateway.networking.k8s.io',
      );
      expect(await refusal(namespace)).toMatch(
        /^InputError: .*none has Service shop among its backendRefs; create one/,
      );
      expect(await refusal(namespace, 'absent')).toMatch(
        /^InputError: spec\.target\.httpRoute: there is no HTTPRoute 'absent'/,
      );
      await createRoute(namespace);
      expect(await refusal(namespace)).toMatch(
        /^InputError: Nobody follows .*no gateway has accepted HTTPRoute shop/,
      );
      await say(namespace, 'False');
      expect(await refusal(namespace)).toMatch(
        /Gateway public \(example\.com\/gateway\) does not accept HTTPRoute shop: NoMatchingListenerHostname, as the test says/,
      );
      await say(namespace, 'True');
      expect(await refusal(namespace)).toBe('nothing');
      await createRoute(namespace, 'shop-too', { declared: true });
      await say(namespace, 'True', 'shop-too');
      expect(await refusal(namespace)).toMatch(
        /^InputError: shop and shop-too are HTTPRoutes .*name it as spec\.target\.httpRoute/,
      );
      expect(await refusal(namespace, 'shop-too')).toBe('nothing');
      await cluster.kubectl('delete', 'httproute', 'shop', '-n', namespace);
      expect(await refusal(namespace)).toMatch(
        /^ConflictError: .*\.spec\.rules belongs to gitops\. Nothing was overwritten/,
      );
      await createRoute(namespace, 'shop', { others: ['elsewhere'] });
      expect(await refusal(namespace, 'shop')).toMatch(
        /^InputError: .*shares requests out between Service shop and others/,
      );
    });

    it('moves weights, Services and copies in an order in which no request meets nobody', async () => {
      const namespace = await cluster.namespace('canary');
      const target = targetIn(namespace);
      await createRoute(namespace);
      await reach(runtime, target, desired([[one, 2, 100]]));
      const traffic = watchTraffic(cluster, namespace);
      const settled = async (wish: ReturnType<typeof desired>) =>
        reach(runtime, target, wish, ({ converged, message }) => {
          // What a gateway does when it hears of a change.
          if (message?.includes('not taken')) void say(namespace, 'True');
          return converged;
        });
      try {
        await say(namespace, 'True');
        const part = (weight: number, replicas: number) =>
          desired([
            [two, replicas, weight],
            [one, 2, 100 - weight],
          ]);
        const fifth = await settled(part(20, 1));
        expect(fifth).toMatchObject({
          message: expect.stringContaining(
            'HTTPRoute shop sends 20 % to the new release',
          ),
          versions: [
            { weight: 20, readyReplicas: 1, health: 'healthy' },
            { weight: 80, readyReplicas: 2, health: 'healthy' },
          ],
        });

        // A gateway that takes its acceptance back lets no step end.
        await say(namespace, 'False');
        const refused = await runtime.apply(target, part(20, 1), callContext());
        expect(refused).toMatchObject({
          converged: false,
          message: expect.stringContaining('does not accept HTTPRoute shop'),
        });
        await say(namespace, 'True');

        // Taken back, and then again all the way.
        const back = await settled(desired([[one, 2, 100]]));
        expect(back.versions[0]).toMatchObject({ weight: 100, replicas: 2 });
        await settled(part(50, 1));
        await settled(
          desired([
            [two, 2, 100],
            [one, 2, 0],
          ]),
        );
        const rested = await settled(desired([[two, 2, 100]]));
        expect(rested.versions[0]).toMatchObject({
          weight: 100,
          readyReplicas: 2,
        });
        await pause(500);
        const [keyOne, keyTwo] = [one, two].map(({ releaseId }) =>
          releaseKey(releaseId),
        );
        expect(traffic.changes()).toEqual([
          'HTTPRoute: shop 1',
          'Service shop: ',
          `Service shop: ${keyOne}`,
          `Service shop-preview: ${keyTwo}`,
          'HTTPRoute: shop shop-preview 80 20',
          'HTTPRoute: shop 1',
          `DELETED Service shop-preview: ${keyTwo}`,
          `Service shop-preview: ${keyTwo}`,
          'HTTPRoute: shop shop-preview 50 50',
          `Service shop: ${keyTwo}`,
          'HTTPRoute: shop 1',
          `DELETED Service shop-preview: ${keyTwo}`,
        ]);
        const rest = await cluster.kubectl(
          ...['get', 'httproute', 'shop', '-n', namespace],
          ...['-o', 'jsonpath={.spec.hostnames[0]} {.spec.rules[0].matches}'],
        );
        expect(rest).toContain('shop.example.com');
        expect(rest).toContain('PathPrefix');
      } finally {
        traffic.stop();
      }
    });

    it('is carried through by the delivery plugin', async () => {
      const namespace = await cluster.namespace('portal');
      const delivery = await startDelivery(plugin, namespace);
      const canary = { canary: { steps: [{ setWeight: 50 }] } };
      // What a gateway does when it hears of a change.
      const gateway = setInterval(
        () => void say(namespace, 'True').catch(() => {}),
        1000,
      );
      try {
        await delivery.rollOut(1, { rolling: {} });
        await expect(delivery.rollOut(2, canary)).rejects.toThrow(
          /\/strategy\/canary.*none has Service shop among its backendRefs/,
        );
        await createRoute(namespace);
        await say(namespace, 'True');
        const done = await delivery.rollOut(2, canary);
        expect(done).toMatchObject({
          phase: 'succeeded',
          observation: { converged: true },
        });
        expect(done.observation?.versions[0]).toMatchObject({
          weight: 100,
          readyReplicas: 2,
          health: 'healthy',
        });
      } finally {
        clearInterval(gateway);
        await delivery.stop();
      }
    });
  },
);
