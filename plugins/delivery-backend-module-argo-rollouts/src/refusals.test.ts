import type {
  DeliveryTarget,
  PreviewedObject,
} from '@slipway/backstage-plugin-delivery-node';
import {
  ClusterDirectory,
  identityOf,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import {
  installRollouts,
  rolloutFile,
} from './__testUtils__/rolloutDefinition';
import { alone, callContext, demoWeb, targetIn } from './__testUtils__/target';
import { ArgoRolloutsRuntime } from './ArgoRolloutsRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(180_000);

function changedLines({ before = '', after = '' }: PreviewedObject): string[] {
  const [old, now] = [before, after].map(text =>
    text.split('\n').map(line => line.trim().replace(/^- /, '')),
  );
  return [
    ...old.filter(line => !now.includes(line)).map(line => `- ${line}`),
    ...now.filter(line => !old.includes(line)).map(line => `+ ${line}`),
  ];
}

describeWithCluster(
  'What is refused of Argo Rollouts',
  { nodes: false, file: rolloutFile },
  () => {
    let cluster: TestCluster;
    let plugin: KubernetesPlugin;
    let runtime: ArgoRolloutsRuntime;
    const one = demoWeb(1);
    let later = 0;

    beforeAll(async () => {
      cluster = await TestCluster.start({ nodes: false, rbac });
      plugin = await KubernetesPlugin.start([await cluster.config('test')]);
      runtime = new ArgoRolloutsRuntime({
        clusters: new ClusterDirectory(plugin.services('delivery')),
        settings: { progressDeadlineSeconds: 60, commandTimeoutSeconds: 60 },
        now: () => Date.now() + later,
      });
    });

    afterAll(async () => {
      await plugin?.stop();
      await cluster?.stop();
    });

    /** What a validation is refused with. */
    async function refusal(target: DeliveryTarget, release = one) {
      return runtime.validate(target, release).then(
        () => 'nothing',
        ({ name, message }: Error) => `${name}: ${message}`,
      );
    }

    /** The Rollout of a team, declared by `gitops`. */
    async function declare(
      namespace: string,
      {
        name = 'checkout',
        annotations = {},
        image,
        containers = [{ name: 'web', ...(image && { image }) }],
        strategy = { canary: {} },
        spec = {},
      }: {
        name?: string;
        annotations?: object;
        image?: string;
        containers?: object[];
        strategy?: object;
        spec?: object;
      } = {},
    ): Promise<void> {
      await cluster.apply(
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          metadata: { name, namespace, annotations },
          spec: {
            replicas: 3,
            selector: { matchLabels: { app: name } },
            template: {
              metadata: { labels: { app: name } },
              spec: { containers },
            },
            strategy,
            ...spec,
          },
        },
        { manager: 'gitops' },
      );
    }

    const fieldOf = (namespace: string, name: string, path: string) =>
      cluster.kubectl(
        ...['get', 'rollouts.argoproj.io', name, '-n', namespace],
        ...['-o', `jsonpath=${path}`],
      );

    it('says at the start that the cluster does not know Rollouts', async () => {
      const target = targetIn(await cluster.namespace('none'));
      expect(await refusal(target)).toBe(
        "InputError: Cluster 'test' does not serve argoproj.io/v1alpha1 Rollout; install Argo Rollouts there, or let the environment use the runtime 'kubernetes'",
      );
      await installRollouts(cluster);
      expect(await refusal(target)).toBe('nothing');
      const stored = await cluster.kubectl(
        ...['get', 'rollouts.argoproj.io,services', '-n', 'none', '-o', 'name'],
      );
      expect(stored).toBe('');
    });

    it('names the field of an environment that says too little, or too much', async () => {
      const at = (settings: DeliveryTarget['settings']) =>
        refusal({ ...targetIn('any'), settings });
      expect(await at({})).toMatch(
        /^InputError: spec\.target\.cluster of resource:default\/any: is missing/,
      );
      expect(await at({ cluster: 'test' })).toMatch(
        /^InputError: spec\.target\.namespace .*: is missing/,
      );
      expect(
        await at({ cluster: 'test', namespace: 'a', rollout: 'No Such' }),
      ).toContain("'No Such' is no name of a Rollout");
      expect(
        await at({ cluster: 'test', namespace: 'a', httpRoute: 'b' }),
      ).toMatch(/^InputError: spec\.target\.httpRoute .* is not known here/);
    });

    it('has no rights where its role is not bound', async () => {
      await cluster.kubectl('create', 'namespace', 'private');
      expect(await refusal(targetIn('private'))).toMatch(
        /does not let Slipway work in namespace 'private': .*cannot list resource "rollouts"/,
      );
    });

    it('does not drive what the runtime kubernetes drives', async () => {
      const namespace = await cluster.namespace('driven');
      const target = targetIn(namespace);
      const { id } = identityOf(target);
      const labels = { app: 'shop', 'slipway.dev/target': id };
      await cluster.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop', namespace, labels },
        spec: {
          selector: { matchLabels: { app: 'shop' } },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'app', image: 'demo-web:1' }] },
          },
        },
      });
      expect(await refusal(target)).toMatch(
        /^ConflictError: Deployment shop in namespace driven runs the same component .*\(kubectl delete deployment shop -n driven; /,
      );
      await expect(
        runtime.apply(target, alone(one, 1), callContext()),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await cluster.kubectl('delete', 'deployment', 'shop', '-n', namespace);
      expect(await refusal(target)).toBe('nothing');
    });

    it('leaves a Rollout alone that nobody has given to it', async () => {
      const namespace = await cluster.namespace('theirs');
      await declare(namespace, { name: 'shop' });
      expect(await refusal(targetIn(namespace))).toMatch(
        /^ConflictError: Rollout shop in namespace theirs was not made by Slipway and is left as it is\. .*annotation slipway\.dev\/component: component:default\/shop, or name it as spec\.target\.rollout/,
      );
      expect(await refusal(targetIn(namespace, { rollout: 'gone' }))).toMatch(
        /^InputError: spec\.target\.rollout: there is no Rollout gone/,
      );
    });

    it('follows the Rollout that says in an annotation whose it is, and sets its image and nothing else of it', async () => {
      const namespace = await cluster.namespace('followed');
      await declare(namespace, {
        annotations: { 'slipway.dev/component': 'component:default/shop' },
      });
      const target = targetIn(namespace);
      expect(await refusal(target)).toBe('nothing');
      const seen = await runtime.apply(target, alone(one, 7), callContext());
      expect(seen).toMatchObject({ converged: false });
      expect(seen.message).toContain(
        'their number is up to whoever declares Rollout checkout',
      );
      expect(
        await fieldOf(
          namespace,
          'checkout',
          '{.spec.replicas} {.spec.template.spec.containers[0].image} {.spec.template.metadata.labels.app}',
        ),
      ).toBe('3 demo-web:1 checkout');
      // Another component's environment cannot have the same one.
      const other = {
        ...target,
        componentRef: 'component:default/cart',
        settings: { ...target.settings, rollout: 'checkout' },
      };
      expect(await refusal(other)).toMatch(
        /^ConflictError: Rollout checkout .* is of another component or environment \(component:default\/shop in /,
      );
    });

    it('shows what a release would change before it does, and whose fields are in the way', async () => {
      const look = (target: DeliveryTarget, release = demoWeb(2)) =>
        runtime.preview(target, release, {
          signal: AbortSignal.timeout(20_000),
        });
      const own = targetIn(await cluster.namespace('previewed'));
      const made = await look(own);
      expect(made.objects.map(({ name, before }) => [name, before])).toEqual([
        ['Rollout shop', undefined],
        ['Service shop', undefined],
      ]);
      expect(made.objects[0].after).toContain('image: demo-web:2');

      await runtime.apply(own, alone(one, 2), callContext());
      const { objects, note } = await look(own);
      expect(note).toBeUndefined();
      expect(changedLines(objects[0])).toEqual([
        '- image: demo-web:1',
        '+ image: demo-web:2',
      ]);
      expect(changedLines(objects[1])).toEqual([]);
      expect((await look(own, one)).objects.map(({ name }) => name)).toEqual([
        'Service shop',
      ]);
      // Nothing was stored.
      const image = '{.spec.template.spec.containers[0].image}';
      expect(await fieldOf('previewed', 'shop', image)).toBe('demo-web:1');

      const namespace = await cluster.namespace('previewing');
      await declare(namespace, { image: 'theirs:1' });
      const theirs = await look(targetIn(namespace, { rollout: 'checkout' }));
      expect(theirs.objects).toEqual([
        expect.objectContaining({
          name: 'Rollout checkout',
          conflicts: [
            expect.objectContaining({
              field: '.spec.template.spec.containers[name="web"].image',
              owner: 'gitops',
            }),
          ],
        }),
      ]);
    });

    it('tells the owner and the field of what it would have to overwrite', async () => {
      const namespace = await cluster.namespace('contested');
      const target = targetIn(namespace, { rollout: 'checkout' });
      await declare(namespace, { image: 'theirs:1' });
      expect(await refusal(target)).toMatch(
        /^ConflictError: .*\.spec\.template\.spec\.containers\[name="web"\]\.image belongs to gitops/,
      );
      await declare(namespace, {
        strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
      });
      expect(await refusal(target)).toMatch(
        /^ConflictError: .*\.spec\.strategy\.canary\.steps belongs to gitops/,
      );
      expect(
        await fieldOf(namespace, 'checkout', '{.spec.strategy.canary.steps}'),
      ).toContain('20');
    });

    it('says which container a release is to be, and what of a Rollout it cannot drive', async () => {
      const namespace = await cluster.namespace('odd');
      const two = [{ name: 'web' }, { name: 'proxy' }];
      await declare(namespace, { containers: two });
      expect(
        await refusal(targetIn(namespace, { rollout: 'checkout' })),
      ).toMatch(
        /has 2 containers \(web, proxy\); name the one .* as spec\.target\.container/,
      );
      const named = { rollout: 'checkout', container: 'web' };
      expect(await refusal(targetIn(namespace, named))).toBe('nothing');
      await declare(namespace, {
        name: 'green',
        strategy: { blueGreen: { activeService: 'green' } },
      });
      const green = targetIn(namespace, { rollout: 'green' });
      await expect(
        runtime.validateStrategy(green, 'canary'),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('Rollout green is blue-green'),
      });
      await runtime.validateStrategy(green, 'blueGreen');
      await declare(namespace, {
        name: 'referring',
        spec: {
          template: undefined,
          workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' },
        },
      });
      expect(
        await refusal(targetIn(namespace, { rollout: 'referring' })),
      ).toContain('takes its pods from Deployment x (spec.workloadRef)');
    });

    it('says after a while that no controller is there', async () => {
      const namespace = await cluster.namespace('silent');
      const target = targetIn(namespace);
      const wish = alone(one, 1);
      const soon = await runtime.apply(target, wish, callContext());
      expect(soon).toMatchObject({
        converged: false,
        message: expect.stringContaining('has just been changed'),
      });
      later = 31_000;
      const seen = await runtime.apply(target, wish, callContext());
      later = 0;
      expect(seen.versions[0]).toMatchObject({
        health: 'progressing',
        message: expect.stringContaining(
          'no Argo Rollouts controller follows Rollouts in namespace silent',
        ),
      });
    });

    it('lets of two backends only the one with the newer wish win', async () => {
      const target = targetIn(await cluster.namespace('race'));
      const older = alone(one, 1);
      const newer = alone(demoWeb(2), 1);
      await runtime.apply(target, older, callContext());
      const outcomes = await Promise.allSettled([
        runtime.apply(target, older, callContext()),
        runtime.apply(target, newer, callContext()),
        runtime.apply(target, older, callContext()),
        runtime.apply(target, newer, callContext()),
      ]);
      expect(outcomes[1].status).toBe('fulfilled');
      await expect(
        runtime.apply(target, older, callContext()),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(
        await fieldOf(
          'race',
          'shop',
          '{.spec.template.spec.containers[0].image}',
        ),
      ).toBe('demo-web:2');
    });
  },
);
