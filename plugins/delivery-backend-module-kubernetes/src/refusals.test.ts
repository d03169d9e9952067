import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import type { DeliveryTarget } from '@slipway/backstage-plugin-delivery-node';
import {
  callContext,
  demoWeb,
  desired,
  pause,
  reach,
  targetIn,
} from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(180_000);

/** As much of a definition as there has to be for objects of a kind to exist. */
const definitionOf = (kind: string, group: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: {
      kind,
      plural: `${kind.toLowerCase()}s`,
      singular: kind.toLowerCase(),
    },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
});

describeWithCluster('What Kubernetes refuses', { nodes: false }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let runtime: KubernetesRuntime;

  beforeAll(async () => {
    cluster = await TestCluster.start({ nodes: false, rbac });
    const config = await cluster.config('test');
    const twice = { ...config, name: 'twice' };
    plugin = await KubernetesPlugin.start(
      [twice],
      [
        {
          name: 'proxied',
          url: cluster.url,
          authProvider: 'localKubectlProxy',
        },
        config,
        twice,
        { ...config, name: 'expired', serviceAccountToken: 'long-gone' },
        { ...config, name: 'gone', url: 'https://127.0.0.1:9' },
        {
          name: 'personal',
          url: cluster.url,
          authProvider: 'oidc',
          oidcTokenProvider: 'okta',
        },
      ],
    );
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
    await plugin?.stop();
    await cluster?.stop();
  });

  /** What a validation is refused with. */
  async function refusal(target: DeliveryTarget, release = demoWeb(1)) {
    const error = await runtime
      .validate(target, release)
      .then(() => undefined)
      .catch((thrown: unknown) => thrown);
    return error instanceof Error
      ? { name: error.name, message: error.message }
      : 'nothing';
  }

  function at(settings: DeliveryTarget['settings']): DeliveryTarget {
    return { ...targetIn('any'), settings };
  }

  const namesTheField = (message: RegExp) => ({
    name: 'InputError',
    message: expect.stringMatching(message),
  });

  it('names the field of an environment that says too little, or too much', async () => {
    expect(await refusal(at({}))).toEqual(
      namesTheField(
        /^spec\.target\.cluster of resource:default\/any: is missing/,
      ),
    );
    expect(await refusal(at({ cluster: 'test' }))).toEqual(
      namesTheField(/^spec\.target\.namespace .*: is missing/),
    );
    expect(
      await refusal(at({ cluster: 'test', namespace: 'No Such' })),
    ).toEqual(namesTheField(/'No Such' is no name of a namespace/));
    expect(
      await refusal(at({ cluster: 'test', namespace: 'a', name_space: 'b' })),
    ).toEqual(namesTheField(/^spec\.target\.name_space .* is not known here/));
  });

  it('tells an unknown cluster, one of two with the same name, and one that wants a person or nobody', async () => {
    const inCluster = (name: string) =>
      refusal(at({ cluster: name, namespace: 'any' }));
    expect(await inCluster('nowhere')).toEqual(
      namesTheField(
        /^spec\.target\.cluster: there is no cluster 'nowhere' .*; there are twice, proxied, test, expired, gone, personal$/,
      ),
    );
    expect(await inCluster('twice')).toEqual(
      namesTheField(/^spec\.target\.cluster: 2 clusters are called 'twice'/),
    );
    expect(await inCluster('proxied')).toEqual(
      namesTheField(/without credentials \(authProvider localKubectlProxy\)/),
    );
    expect(await inCluster('personal')).toEqual(
      namesTheField(/token of a person \(authProvider oidc\)/),
    );
  });

  it('tells a token that is not taken, and never shows it', async () => {
    const refused = await refusal(at({ cluster: 'expired', namespace: 'any' }));
    expect(refused).toEqual(
      namesTheField(
        /'expired' refuses the portal's credentials: they have expired/,
      ),
    );
    expect(JSON.stringify(refused)).not.toContain('long-gone');
  });

  it('takes a cluster that does not answer for a fault that may pass', async () => {
    expect(await refusal(at({ cluster: 'gone', namespace: 'any' }))).toEqual({
      name: 'Error',
      message: expect.stringContaining("Cluster 'gone' does not answer"),
    });
  });

  it('tells a namespace in which Slipway has no rights, and stays out of all others', async () => {
    await cluster.kubectl('create', 'namespace', 'private');
    for (const namespace of ['private', 'default'])
      expect(await refusal(targetIn(namespace))).toEqual(
        namesTheField(
          new RegExp(
            `does not let Slipway work in namespace '${namespace}': .*cannot list resource .* Bind the role of rbac\\.yaml`,
          ),
        ),
      );
  });

  it('tells a namespace that does not exist', async () => {
    // Without a role there, missing rights are all that can be known.
    await cluster.kubectl(
      ...['create', 'clusterrolebinding', 'everywhere'],
      ...['--clusterrole', 'slipway-delivery'],
      ...['--serviceaccount', 'slipway:slipway'],
    );
    try {
      expect(await refusal(targetIn('missing'))).toEqual(
        namesTheField(
          /^spec\.target\.namespace: there is no namespace 'missing' in cluster 'test'/,
        ),
      );
    } finally {
      await cluster.kubectl('delete', 'clusterrolebinding', 'everywhere');
    }
  });

  it('names what of a release the API server does not take', async () => {
    const target = targetIn(await cluster.namespace('strict'));
    expect(await refusal(target)).toBe('nothing');
    const wrong = demoWeb(1);
    wrong.health = { readiness: { failureThreshold: 3, path: '/ok' } };
    wrong.artifact.spec = { image: 'demo-web:1', port: 70_000 };
    expect(await refusal(target, wrong)).toEqual(
      namesTheField(/does not take Deployment shop: .*containerPort.*65535/),
    );
    expect(await refusal(target, demoWeb(1, { '1ST': 'x' }))).toEqual(
      namesTheField(/^configuration\.values\.1ST: /),
    );
    expect(await refusal(target, demoWeb(1, { PORT: '1' }))).toEqual(
      namesTheField(/The runtime sets PORT itself/),
    );
    // Nothing of all that was stored.
    expect(
      await cluster.kubectl(
        ...['get', 'deployments,services', '-n', 'strict', '-o', 'name'],
      ),
    ).toBe('');
  });

  it('leaves objects alone that it has not made', async () => {
    const target = targetIn(await cluster.namespace('taken'));
    await cluster.kubectl(
      ...['create', 'deployment', 'shop', '--image=theirs', '-n', 'taken'],
    );
    expect(await refusal(target)).toEqual({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^Deployment shop in namespace taken was not made by Slipway \(managed by .*kubectl/,
      ),
    });
    await expect(
      runtime.apply(target, desired([[demoWeb(1), 1, 100]]), callContext()),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(
      await cluster.kubectl(
        ...['get', 'deployment', 'shop', '-n', 'taken'],
        ...['-o', 'jsonpath={.spec.template.spec.containers[*].image}'],
      ),
    ).toBe('theirs');
  });

  it('does not take two environments in one namespace for one', async () => {
    const target = targetIn(await cluster.namespace('shared'));
    await runtime.apply(target, desired([[demoWeb(1), 1, 100]]), callContext());
    const other = { ...target, environmentRef: 'resource:default/other' };
    expect(await refusal(other)).toEqual({
      name: 'ConflictError',
      message: expect.stringContaining(
        'is of another component or environment (component:default/shop in resource:default/shared)',
      ),
    });
  });

  it('reports the owner and the field of a conflict, and overwrites nothing', async () => {
    const target = targetIn(await cluster.namespace('contested'));
    await runtime.apply(target, desired([[demoWeb(1), 1, 100]]), callContext());
    await cluster.kubectl(
      ...['set', 'image', 'deployment/shop', 'app=theirs', '-n', 'contested'],
      '--field-manager=release-script',
    );
    await expect(
      runtime.apply(
        target,
        desired([[demoWeb(2), 1, 100]], { maxSurge: 1, maxUnavailable: 0 }),
        callContext(),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /\.spec\.template\.spec\.containers\[name="app"\]\.image belongs to release-script/,
      ),
    });
    expect(
      await cluster.kubectl(
        ...['get', 'deployment', 'shop', '-n', 'contested'],
        ...['-o', 'jsonpath={.spec.template.spec.containers[*].image}'],
      ),
    ).toBe('theirs');
  });

  it('does not change a number of copies that somebody else has declared', async () => {
    const target = targetIn(await cluster.namespace('declared'));
    await runtime.apply(target, desired([[demoWeb(1), 2, 100]]), callContext());
    await cluster.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop', namespace: 'declared' },
        spec: { replicas: 4 },
      },
      { manager: 'gitops' },
    );
    await expect(
      runtime.apply(target, desired([[demoWeb(1), 3, 100]]), callContext()),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('.spec.replicas belongs to gitops'),
    });
  });

  it('leaves the number of copies to a ScaledObject of KEDA', async () => {
    const target = targetIn(await cluster.namespace('keda'));
    await runtime.apply(target, desired([[demoWeb(1), 2, 100]]), callContext());
    await cluster.apply(definitionOf('ScaledObject', 'keda.sh'));
    await cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=20s'],
      'crd/scaledobjects.keda.sh',
    );
    await cluster.apply({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'orders', namespace: 'keda' },
      spec: { scaleTargetRef: { name: 'shop' } },
    });
    const seen = await runtime.apply(
      target,
      desired([[demoWeb(2), 7, 100]], { maxSurge: 1, maxUnavailable: 0 }),
      callContext(),
    );
    expect(seen.message).toContain('ScaledObject orders');
    expect(seen.versions[0].desiredReplicas).toBe(2);
  });

  it('shares no traffic out where the cluster knows no HTTPRoute', async () => {
    await expect(
      runtime.apply(
        targetIn(await cluster.namespace('routeless')),
        desired([
          [demoWeb(2), 1, 20],
          [demoWeb(1), 1, 80],
        ]),
        callContext(),
      ),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(
        'does not serve gateway.networking.k8s.io/v1',
      ),
    });
  });

  it('refuses a target that Argo Rollouts drives, and says how to settle that', async () => {
    const namespace = await cluster.namespace('driven');
    const target = targetIn(namespace);
    const blind = targetIn(
      await cluster.namespace('blind', rules =>
        rules.filter(({ apiGroups }) => !apiGroups?.includes('argoproj.io')),
      ),
    );
    await runtime.validate(target, demoWeb(1));
    await runtime.validate(blind, demoWeb(1));
    await cluster.apply(definitionOf('Rollout', 'argoproj.io'));
    await cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=20s'],
      'crd/rollouts.argoproj.io',
    );
    await cluster.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: {
        name: 'shop',
        namespace,
        annotations: {
          'slipway.dev/component': target.componentRef,
          'slipway.dev/environment': target.environmentRef,
        },
      },
    });
    await expect(runtime.validate(target, demoWeb(1))).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^Rollout shop in namespace driven .*spec\.runtime of the environment to 'argo-rollouts'/,
      ),
    });
    // Where it may not look, there may be one.
    await expect(runtime.validate(blind, demoWeb(1))).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /work in namespace 'blind': .*cannot list resource "rollouts".*rbac\.yaml/s,
      ),
    });
  });

  it('says which quota keeps it from making more copies', async () => {
    const namespace = await cluster.namespace('narrow');
    await cluster.kubectl(
      ...['create', 'quota', 'small', '-n', namespace, '--hard=pods=1'],
    );
    const seen = await reach(
      runtime,
      targetIn(namespace),
      desired([[demoWeb(1), 2, 100]]),
      ({ versions }) => versions[0].message?.includes('quota') ?? false,
    );
    expect(seen.versions[0].message).toMatch(
      /used up its quota \(exceeded quota: small, .*pods=1/,
    );
  });

  it('tells why no pod can be made', async () => {
    const target = targetIn(await cluster.namespace('accountless'));
    target.settings.serviceAccountName = 'nobody';
    const seen = await reach(
      runtime,
      target,
      desired([[demoWeb(1), 1, 100]]),
      ({ versions }) => versions[0].message !== undefined,
    );
    expect(seen.versions[0].message).toMatch(
      /no further copy can be made: .*serviceaccount "nobody" not found/,
    );
  });

  it('lets of two backends only the one with the newer wish win', async () => {
    const target = targetIn(await cluster.namespace('race'));
    const older = desired([[demoWeb(1), 1, 100]]);
    const newer = desired([[demoWeb(2), 1, 100]]);
    const outcomes = await Promise.allSettled([
      runtime.apply(target, older, callContext()),
      runtime.apply(target, newer, callContext()),
      runtime.apply(target, older, callContext()),
      runtime.apply(target, newer, callContext()),
    ]);
    expect(outcomes[1].status).toBe('fulfilled');
    await pause(500);
    await runtime.apply(target, newer, callContext());
    await expect(
      runtime.apply(target, older, callContext()),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(
      await cluster.kubectl(
        ...['get', 'deployment', '-n', 'race'],
        ...[
          '-o',
          'jsonpath={.items[*].spec.template.spec.containers[*].image}',
        ],
      ),
    ).toBe('demo-web:2');
  });
});
