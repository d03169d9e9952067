import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import type {
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  readyPods,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { join } from 'node:path';
import { rbac } from './__testUtils__/rbac';
import { type Files, TestRepositories } from './__testUtils__/repository';
import { startDelivery } from './__testUtils__/startDelivery';
import {
  callContext,
  demoWeb,
  desired,
  reach,
  targetIn,
} from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';
import { AllowedRepositories } from './manifests/AllowedRepositories';
import { manifestsArtifact } from './manifests/manifestsArtifact';
import { RepositoryFiles } from './manifests/RepositoryFiles';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

const configMap = (name: string, level = 'info') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { level: ${level} }\n`;

const deployment = (name: string, image: string, app = name) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec:
      containers: [{ name: web, image: "${image}" }]
`;

const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80 }] }\n`;

const statefulSet = (name: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${name} }
spec:
  serviceName: ${name}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: store, image: "demo-web:1" }]
`;

// No node is there: pods are said to be ready by a stand-in.
describeWithCluster('Manifests in Kubernetes', { nodes: false }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let runtime: KubernetesRuntime;
  let repositories: TestRepositories;
  let endPods: () => Promise<void>;
  let count = 0;

  beforeAll(async () => {
    repositories = await TestRepositories.create();
    cluster = await TestCluster.start({ nodes: false, rbac });
    endPods = await readyPods(cluster);
    await cluster.kubectl(
      ...['apply', '-f', join(__dirname, '../rbac-manifests.yaml')],
    );
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    runtime = new KubernetesRuntime({
      clusters: new ClusterDirectory(plugin.services('delivery')),
      settings: {
        allowTags: true,
        progressDeadlineSeconds: 60,
        drainSeconds: 0,
        commandTimeoutSeconds: 60,
      },
      now: Date.now,
    });
  });

  afterAll(async () => {
    await endPods?.();
    await plugin?.stop();
    await cluster?.stop();
    await repositories?.remove();
  });

  async function namespaceFor(name: string): Promise<DeliveryTarget> {
    await cluster.namespace(name);
    await cluster.kubectl(
      ...['create', 'rolebinding', 'slipway-manifests', '-n', name],
      ...['--clusterrole', 'slipway-manifests'],
      ...['--serviceaccount', 'slipway:slipway'],
    );
    return targetIn(name);
  }

  async function resolved(files: Files, spec: object = {}) {
    const commit = await repositories.commit('shop', files);
    return manifestsArtifact({
      allowed: new AllowedRepositories([]),
      binaries: {
        kubectl: join(cluster.directory, 'bin', 'kubectl'),
        kustomize: '/nowhere',
        helm: '/nowhere',
      },
      files: new RepositoryFiles({
        integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
        localRepositories: repositories.directory,
        urlReader: mockServices.urlReader.mock(),
      }),
    }).resolve(
      { repository: 'slipway-repository:shop', commit, ...spec },
      {
        component: {
          ref: 'component:default/shop',
          sourceLocation: { type: 'slipway-repository', target: 'shop' },
        },
        signal: AbortSignal.timeout(120_000),
      },
    );
  }

  async function releaseOf(
    files: Files,
    spec: object = {},
  ): Promise<DesiredRelease> {
    count += 1;
    return {
      releaseId: `manifests-${count}`,
      version: `${count}.0.0`,
      artifact: await resolved(files, spec),
      environmentVariables: {},
      health: {},
    };
  }

  const names = async (namespace: string, kinds: string) =>
    (
      await cluster.kubectl(
        ...['get', kinds, '-n', namespace, '-o'],
        'jsonpath={range .items[*]}{.kind} {.metadata.name},{end}',
      )
    )
      .split(',')
      .filter(name => name && !name.includes('kube-root-ca'))
      .sort();

  const refusal = (asked: Promise<unknown>) =>
    asked.then(
      () => 'nothing',
      ({ message, name }: Error) => `${name}: ${message}`,
    );

  it('applies a release, then the next in its place, takes away what that has not, and goes back', async () => {
    const target = await namespaceFor('course');
    const one = await releaseOf({
      'all.yaml': [
        deployment('web', 'demo-web:1'),
        service('web'),
        configMap('web'),
        configMap('old'),
        statefulSet('store'),
      ].join('---\n'),
    });
    await runtime.validate(target, one);
    expect(await names('course', 'deployments,configmaps')).toEqual([]);
    await runtime.prepare(target, one, callContext());
    const first = await reach(runtime, target, desired([[one, 1, 100]]));
    expect(first).toMatchObject({
      message: '2 of 2 workloads are ready',
      versions: [
        {
          releaseId: one.releaseId,
          desiredReplicas: 3,
          readyReplicas: 3,
          weight: 100,
          health: 'healthy',
        },
      ],
    });
    expect(await runtime.observe(target, callContext())).toMatchObject({
      converged: true,
    });
    const worn = await cluster.kubectl(
      ...['get', 'configmap', 'web', '-n', 'course', '-o', 'json'],
    );
    expect(JSON.parse(worn).metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'slipway',
      'backstage.io/kubernetes-id': 'shop',
    });

    const two = await releaseOf({
      'all.yaml': [
        deployment('web', 'demo-web:2'),
        service('web'),
        configMap('web', 'debug'),
      ].join('---\n'),
    });
    // Somebody else's, which nothing of ours may take away.
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'theirs', namespace: 'course' },
    });
    const preview = await runtime.preview(target, two, {
      signal: AbortSignal.timeout(120_000),
      strategy: 'rolling',
    });
    const differing = preview.objects.filter(
      ({ after, before }) => before !== after,
    );
    expect(
      differing.map(({ after, name }) => [name, after !== undefined]),
    ).toEqual([
      ['ConfigMap web', true],
      ['Deployment web', true],
      ['ConfigMap old', false],
      ['StatefulSet store', false],
    ]);
    expect(differing[1].after).toBe(
      differing[1].before?.replace('demo-web:1', 'demo-web:2'),
    );

    await reach(
      runtime,
      target,
      desired([[two, 1, 100]], { maxSurge: 1, maxUnavailable: 0 }),
    );
    expect(
      await names('course', 'deployments,configmaps,services,statefulsets'),
    ).toEqual([
      'ConfigMap shop-slipway',
      'ConfigMap theirs',
      'ConfigMap web',
      'Deployment web',
      'Service web',
    ]);

    // As the engine goes back: the earlier release is prepared beside, then takes over.
    for (const weight of [0, 100])
      await reach(
        runtime,
        target,
        desired([
          [one, 1, weight],
          [two, 1, 100 - weight],
        ]),
      );
    const back = await reach(runtime, target, desired([[one, 1, 100]]));
    expect(back.versions[0].releaseId).toBe(one.releaseId);
    expect(
      await cluster.kubectl(
        ...['get', 'deployment/web', 'configmap/old', '-n', 'course', '-o'],
        'jsonpath={.items[0].spec.template.spec.containers[0].image} {.items[1].data.level}',
      ),
    ).toBe('demo-web:1 info');

    const none = await reach(runtime, target, desired([]));
    expect(none.converged).toBe(true);
    await reach(runtime, target, desired([]), seen => !seen.versions.length);
    expect(
      await names('course', 'deployments,configmaps,services,statefulsets'),
    ).toEqual(['ConfigMap shop-slipway', 'ConfigMap theirs']);
  });

  it('is carried through by the engine: a rollout, the next, and a rollback', async () => {
    await namespaceFor('engine');
    const delivery = await startDelivery(plugin, 'engine', undefined, {
      slipway: { repositories: { directory: repositories.directory } },
    });
    const place = {
      componentRef: 'component:default/shop',
      environmentRef: 'resource:default/production',
    };
    const recorded = async (version: string, files: Files) =>
      delivery.ask<{ id: string; artifact: { digest: string } }>('/releases', {
        componentRef: place.componentRef,
        version,
        artifact: {
          kind: 'kubernetes-manifests',
          spec: {
            repository: 'slipway-repository:shop',
            commit: await repositories.commit('shop', files),
          },
        },
      });
    const rolledOut = async (releaseId: string) => {
      const { id } = await delivery.ask<{ id: string }>('/rollouts', {
        ...place,
        releaseId,
        strategy: { rolling: {} },
      });
      return delivery.end(id);
    };
    try {
      const one = await recorded('1.0.0', {
        'a.yaml': deployment('web', 'demo-web:1'),
        'b.yaml': configMap('old'),
      });
      await expect(
        delivery.ask('/rollouts', {
          ...place,
          releaseId: one.id,
          strategy: { blueGreen: {} },
        }),
      ).rejects.toThrow('use the strategy rolling');
      expect((await rolledOut(one.id)).phase).toBe('succeeded');
      await expect(
        delivery.ask('/releases', {
          componentRef: place.componentRef,
          version: '1.1.0',
          artifact: {
            kind: 'kubernetes-manifests',
            spec: {
              repository: 'slipway-repository:payroll',
              commit: await repositories.commit('payroll', {
                'a.yaml': configMap('of-others'),
              }),
            },
          },
        }),
      ).rejects.toThrow(
        'slipway-repository:payroll is not the one of component:default/shop, which is slipway-repository:shop',
      );
      const two = await recorded('2.0.0', {
        'a.yaml': deployment('web', 'demo-web:2'),
      });
      const query = `environmentRef=${encodeURIComponent(place.environmentRef)}`;
      const [compared, previewed] = await Promise.all(
        ['comparison', 'preview'].map(what =>
          delivery.ask<Record<string, Array<{ name: string; change: string }>>>(
            `/releases/${two.id}/${what}?${query}`,
          ),
        ),
      );
      const expected = [
        ['Deployment web', 'changed'],
        ['ConfigMap old', 'removed'],
      ];
      for (const changes of [compared.manifests, previewed.items])
        expect(changes.map(({ change, name }) => [name, change])).toEqual(
          expected,
        );
      expect((await rolledOut(two.id)).phase).toBe('succeeded');
      expect(await names('engine', 'deployments,configmaps')).toEqual([
        'ConfigMap shop-slipway',
        'Deployment web',
      ]);
      const { id } = await delivery.ask<{ id: string }>('/rollbacks', place);
      expect((await delivery.end(id)).phase).toBe('succeeded');
      expect(await names('engine', 'deployments,configmaps')).toEqual([
        'ConfigMap old',
        'ConfigMap shop-slipway',
        'Deployment web',
      ]);
    } finally {
      await delivery.stop();
    }
  });

  it('renders with the real Kustomize, to the same digest each time', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment('web', 'demo-web:1'),
      'production/kustomization.yaml':
        'resources: [../base]\nnamePrefix: shop-\nimages: [{ name: demo-web, newTag: "2" }]\nconfigMapGenerator: [{ name: settings, literals: ["LEVEL=info"] }]\n',
    };
    const artifact = await resolved(files, { path: 'production' });
    expect(artifact.spec.render).toBe('kustomize');
    expect(artifact.spec.rendered).toMatch(/image: demo-web:2/);
    expect(artifact.spec.rendered).toMatch(/name: shop-settings-[a-z0-9]{10}/);
    expect(artifact.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await resolved(files, { path: 'production' })).digest).toBe(
      artifact.digest,
    );
    expect(
      (
        await resolved(
          { ...files, 'unrelated.md': 'x' },
          { path: 'production' },
        )
      ).digest,
    ).toBe(artifact.digest);
    expect(
      await refusal(
        resolved({ 'kustomization.yaml': 'resources: [gone.yaml]\n' }),
      ),
    ).toMatch(/^InputError: kustomization\.yaml: resources names 'gone\.yaml'/);
    expect(
      await refusal(
        resolved({ 'kustomization.yaml': 'namePrefix: [1]\n', 'a.yaml': '' }),
      ),
    ).toMatch(/^InputError: It cannot be rendered: /);
  });

  it('reads nothing that a symbolic link points at', async () => {
    expect(
      await refusal(
        resolved({ 'a/passwd.yaml': '→ /etc/passwd' }, { path: 'a' }),
      ),
    ).toMatch(/there is no folder 'a'|there are no \.yaml files/);
  });

  it('says what the cluster does not take, with the object and the field', async () => {
    const target = await namespaceFor('refused');
    const validated = async (yaml: string) =>
      refusal(runtime.validate(target, await releaseOf({ 'a.yaml': yaml })));
    expect(
      await validated(
        deployment('web', 'demo-web:1').replace('replicas: 2', 'replicas: -1'),
      ),
    ).toMatch(
      /^InputError: Cluster 'test' does not take Deployment web: spec\.replicas: /,
    );
    expect(
      await validated(
        configMap('a').replace('{ name: a }', '{ name: a, namespace: other }'),
      ),
    ).toMatch(
      /^InputError: ConfigMap a: metadata\.namespace is 'other', but this environment is the namespace 'refused'/,
    );
    expect(
      await validated(
        deployment('web', 'demo-web:1').replace('replicas: 2', 'replicaz: 2'),
      ),
    ).toMatch(
      /^InputError: Deployment web: \.spec\.replicaz: field not declared/,
    );
    expect(await validated(configMap('shop-slipway'))).toMatch(
      /is where Slipway keeps its own notes/,
    );
    expect(
      await refusal(
        runtime.validate(target, {
          ...(await releaseOf({ 'a.yaml': configMap('a') })),
          environmentVariables: { LEVEL: 'debug' },
        }),
      ),
    ).toMatch(/^InputError: the release has configuration values/);
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'theirs', namespace: 'refused' },
      data: { a: 'b' },
    });
    expect(await validated(configMap('theirs'))).toMatch(
      /^ConflictError: ConfigMap theirs in namespace refused was not made by Slipway \(managed by kubectl\)/,
    );
    expect(await names('refused', 'configmaps,deployments')).toEqual([
      'ConfigMap theirs',
    ]);
  });

  it('says what to do about a field that cannot be changed, and about one of somebody else', async () => {
    const target = await namespaceFor('fixed');
    const one = await releaseOf({ 'a.yaml': deployment('web', 'demo-web:1') });
    await reach(runtime, target, desired([[one, 1, 100]]));
    expect(
      await refusal(
        runtime.validate(
          target,
          await releaseOf({ 'a.yaml': deployment('web', 'demo-web:1', 'w') }),
        ),
      ),
    ).toMatch(
      /^InputError: .* Deployment\S* web: .*immutable.* give the object another name, or delete it/,
    );
    await cluster.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'fixed' },
        spec: { replicas: 5 },
      },
      { manager: 'flux' },
    );
    const two = await releaseOf({ 'a.yaml': deployment('web', 'demo-web:2') });
    expect(await refusal(runtime.validate(target, two))).toMatch(
      /^ConflictError: .*\.spec\.replicas belongs to flux/,
    );
    const { objects } = await runtime.preview(target, two, {
      signal: AbortSignal.timeout(120_000),
      strategy: 'rolling',
    });
    expect(objects[0].conflicts).toEqual([
      {
        field: '.spec.replicas',
        owner: 'flux',
        message: expect.stringContaining('belongs to flux'),
      },
    ]);
  });

  it('says that a quota is used up', async () => {
    const target = await namespaceFor('quota');
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'quota' },
      spec: { hard: { 'count/deployments.apps': '0' } },
    });
    const release = await releaseOf({
      'a.yaml': deployment('web', 'demo-web:1'),
    });
    for (;;) {
      const said = await refusal(runtime.validate(target, release));
      if (said === 'nothing') continue;
      expect(said).toMatch(
        /^InputError: Namespace 'quota' of cluster 'test' has used up its quota/,
      );
      break;
    }
  });

  it('refuses what manifests cannot do: other strategies, an older wish, and the place of images', async () => {
    const target = await namespaceFor('limits');
    const release = await releaseOf({ 'a.yaml': configMap('a') });
    const strategy = (
      name: 'rolling' | 'blueGreen' | 'canary',
      isRollback = false,
    ) =>
      refusal(runtime.validateStrategy(target, name, { release, isRollback }));
    expect(await strategy('rolling')).toBe('nothing');
    expect(await strategy('blueGreen')).toMatch(
      /^InputError: Manifests name their objects themselves, .* use the strategy rolling$/,
    );
    expect(await strategy('canary')).toMatch(/^InputError: Manifests name/);
    expect(await strategy('blueGreen', true)).toBe('nothing');

    const wish = desired([[release, 1, 100]]);
    const seen = await reach(runtime, target, wish);
    expect(seen).toMatchObject({
      message: 'There are no workloads in it',
      versions: [{ health: 'healthy', desiredReplicas: 0 }],
    });
    expect(
      await refusal(
        runtime.apply(
          target,
          { ...wish, generation: wish.generation - 1 },
          callContext(),
        ),
      ),
    ).toMatch(/^ConflictError: The wish .* is older/);
    expect(await refusal(runtime.validate(target, demoWeb(1)))).toMatch(
      /^InputError: Releases of this component are manifests in this environment/,
    );
    const images = await namespaceFor('images');
    await reach(runtime, images, desired([[demoWeb(1), 1, 100]]));
    expect(await refusal(runtime.validate(images, release))).toMatch(
      /^InputError: Releases of this component are container images/,
    );
  });

  it('says which role is missing', async () => {
    await cluster.namespace('unbound');
    const target = targetIn('unbound');
    const release = await releaseOf({ 'a.yaml': configMap('a') });
    expect(await refusal(runtime.validate(target, release))).toMatch(
      /^InputError: Cluster 'test' does not let Slipway work in namespace 'unbound': .*configmaps.* rbac-manifests\.yaml/,
    );
    expect(await runtime.observe(target, callContext())).toBeUndefined();
  });
});
