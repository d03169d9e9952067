import type {
  ComparisonResult,
  Deployment,
  Environment,
  Hold,
  Pipeline,
  Promotion,
  PromotionPlan,
  PromotionStage,
  Release,
  ReleaseComparison,
  Rollout,
  RequestApproval,
  RolloutApproval,
  RolloutGates,
  StagePreview,
  Tier,
  WindowException,
} from '@slipway/backstage-plugin-delivery-common';

const digest = `sha256:${'a'.repeat(64)}`;

/** An environment of the given name and tier. */
function environment(name: string, tier: Tier, order: number): Environment {
  return {
    ref: `resource:default/${name}`,
    name,
    title: name,
    tier,
    order,
    runtime: 'local',
  };
}

export const environments = [
  environment('dev', 'development', 1),
  environment('staging', 'staging', 2),
  environment('prod', 'production', 3),
];

/** A release summary, the same for the same version. */
export function release(version: string) {
  return { id: `release-${version}`, version, digest };
}

/** A release of a component, with all that is recorded of it. */
export function fullRelease(
  version: string,
  componentRef = 'component:default/checkout',
): Release {
  const summary = release(version);
  return {
    ...summary,
    componentRef,
    artifact: {
      kind: 'npm',
      reference: `checkout@${version}`,
      digest: summary.digest,
      spec: {},
    },
    configuration: {
      digest: summary.digest,
      values: {},
      environmentValues: {},
      secretRefs: {},
    },
    health: {},
    provenance: {},
    createdAt: '2026-01-01T00:00:00Z',
    createdBy: 'ci',
    allowedActions: {},
  };
}

/** A healthy deployment, with what a test wants otherwise. */
export function deployment(
  component: string,
  environmentName: string,
  version: string,
  patch: Partial<Deployment> = {},
): Deployment {
  const target = environments.find(one => one.name === environmentName);
  return {
    componentRef: `component:default/${component}`,
    componentTitle: component,
    ownerRef: 'group:default/shop',
    systemRef: 'system:default/store',
    environmentRef: `resource:default/${environmentName}`,
    environmentName,
    tier: target?.tier ?? 'development',
    release: release(version),
    deployedAt: '2026-01-01T00:00:00Z',
    health: 'healthy',
    lastRolloutId: `rollout-${component}`,
    updatedAt: '2026-01-01T00:00:00Z',
    allowedActions: { deploy: { allowed: true }, rollback: { allowed: true } },
    ...patch,
  };
}

/** A canary under way, with what a test wants otherwise. */
export function rollout(patch: Partial<Rollout> = {}): Rollout {
  return {
    id: 'rollout-1',
    version: 7,
    kind: 'rollout',
    componentRef: 'component:default/checkout',
    componentTitle: 'checkout',
    environmentRef: 'resource:default/prod',
    environmentName: 'prod',
    tier: 'production',
    release: release('2.0.0'),
    previousRelease: release('1.0.0'),
    strategy: { canary: { steps: [{ setWeight: 20 }] } },
    replicas: 2,
    progressDeadlineSeconds: 600,
    phase: 'progressing',
    message: 'Verifying 2.0.0 at 20 % of traffic.',
    currentStepIndex: 1,
    steps: [
      {
        index: 0,
        kind: 'setWeight',
        title: 'Send 20 % to 2.0.0',
        status: 'succeeded',
        startedAt: '2026-01-01T00:00:00Z',
        finishedAt: '2026-01-01T00:00:05Z',
      },
      {
        index: 1,
        kind: 'analysis',
        title: 'Verify the error rate',
        status: 'running',
        startedAt: '2026-01-01T00:00:05Z',
        analysis: {
          verdict: 'running',
          metrics: [
            {
              name: 'error-rate',
              provider: 'web',
              successCondition: 'result < 0.05',
              count: 5,
              failureLimit: 2,
              inconclusiveLimit: 0,
              consecutiveErrorLimit: 4,
              verdict: 'running',
              measurements: [
                { at: '2026-01-01T00:00:10Z', verdict: 'successful', value: 0 },
                { at: '2026-01-01T00:00:20Z', verdict: 'failed', value: 0.5 },
              ],
            },
          ],
        },
      },
      {
        index: 2,
        kind: 'pause',
        title: 'Wait for a person',
        status: 'pending',
      },
    ],
    weight: 20,
    weightHistory: [{ at: '2026-01-01T00:00:05Z', weight: 20 }],
    requestedBy: 'user:default/dana',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:20Z',
    allowedActions: {
      pause: { allowed: true },
      resume: { allowed: false, reason: 'It is not paused.' },
      promote: { allowed: false, reason: 'It does not wait for anyone.' },
      promoteFull: { allowed: true },
      abort: { allowed: true },
      retry: { allowed: false, reason: 'Nothing has failed.' },
    },
    ...patch,
  };
}

/** A comparison that found the new release slower. */
export const decidedComparison: ComparisonResult = {
  points: { canary: 60, stable: 55 },
  unit: 'ms',
  classification: 'high',
  shift: { estimate: 40.12, lower: 36.2, upper: 44, bound: 10.03, pValue: 0 },
  canary: {
    minimum: 60,
    lowerQuartile: 70,
    median: 81.2,
    upperQuartile: 91,
    maximum: 100,
    mean: 80,
  },
  stable: {
    minimum: 20,
    lowerQuartile: 30,
    median: 41,
    upperQuartile: 50,
    maximum: 60,
    mean: 40,
  },
  histogram: {
    from: 20,
    to: 100,
    canary: [0, 0, 25, 35],
    stable: [25, 30, 0, 0],
  },
};

/** A rollout whose only step compares its latency with the release before. */
export function comparedRollout(result: ComparisonResult): Rollout {
  const failed = result.classification === 'high';
  return rollout({
    currentStepIndex: 0,
    steps: [
      {
        index: 0,
        kind: 'analysis',
        title: 'Verify latency',
        status: failed ? 'failed' : 'running',
        analysis: {
          verdict: failed ? 'failed' : 'running',
          ...(failed && {
            score: {
              value: 0,
              pass: 95,
              marginal: 75,
              criticalFailures: ['latency'],
              groups: [
                {
                  name: 'default',
                  weight: 100,
                  passed: 0,
                  decided: 1,
                  metrics: 1,
                },
              ],
            },
          }),
          metrics: [
            {
              name: 'latency',
              provider: 'local',
              comparison: {
                direction: 'increase',
                critical: true,
                group: 'default',
                confidence: 0.98,
                tolerance: 0.25,
                minimumPoints: 50,
              },
              count: 30,
              failureLimit: 0,
              inconclusiveLimit: 29,
              consecutiveErrorLimit: 4,
              verdict: failed ? 'failed' : 'running',
              measurements: [
                {
                  at: '2026-01-01T00:00:10Z',
                  verdict: failed ? 'failed' : 'inconclusive',
                  comparison: result,
                },
              ],
            },
          ],
        },
      },
    ],
  });
}

/** A page that is the only one. */
export function onlyPage<Item>(items: Item[]) {
  return { items, page: { totalItems: items.length } };
}

/** What is asked for, told apart by a character. */
export function subject(mark = 'b') {
  const part = `sha256:${mark.repeat(64)}`;
  return {
    digest: part,
    artifact: digest,
    configuration: digest,
    pipeline: digest,
    target: digest,
  };
}

/** Gates of all kinds, of which the approval is still open. */
export function openGates(patch: Partial<RolloutGates> = {}): RolloutGates {
  return {
    status: 'waiting',
    pipeline: {
      name: 'standard',
      title: 'Standard',
      digest,
      stage: 'production',
    },
    subject: subject(),
    requestedAt: '2026-01-01T00:00:00Z',
    items: [
      {
        name: 'Production approval',
        kind: 'approval',
        status: 'waiting',
        message: 'One more of platform must agree.',
        approval: {
          rules: [{ group: 'group:default/platform', atLeast: 2, given: 1 }],
          approvers: [{ ref: 'user:default/olga', given: false }],
          votes: [
            {
              by: 'user:default/eva',
              decision: 'approve',
              comment: 'looks fine',
              at: '2026-01-01T00:05:00Z',
            },
          ],
          excluded: ['user:default/dana', 'user:default/ana'],
          requireComment: false,
          expiresAt: '2026-01-02T00:00:00Z',
        },
      },
      {
        name: 'Freezes',
        kind: 'window',
        status: 'failed',
        message: 'Year end is frozen.',
        until: '2026-01-03T00:00:00Z',
        windows: [
          {
            name: 'year-end',
            title: 'Year end',
            type: 'deny',
            start: '2025-12-24T00:00:00Z',
            end: '2026-01-03T00:00:00Z',
          },
        ],
      },
      {
        name: 'Rules',
        kind: 'policy',
        status: 'passed',
        message: 'All rules hold.',
        rules: [
          {
            name: 'signed',
            severity: 'warn',
            holds: false,
            message: 'The artifact is not signed.',
          },
        ],
      },
    ],
    ...patch,
  };
}

/** A rollout that waits for its gates. */
export function heldRollout(patch: Partial<Rollout> = {}): Rollout {
  return rollout({
    phase: 'held',
    message: undefined,
    waitingFor: 'gates',
    currentStepIndex: 0,
    weight: 0,
    weightHistory: [],
    steps: [
      { index: 0, kind: 'prepare', title: 'Fetch 2.0.0', status: 'pending' },
    ],
    gates: openGates(),
    allowedActions: {
      pause: { allowed: false, reason: 'It has not begun.' },
      abort: { allowed: true },
      breakGlass: { allowed: true },
    },
    ...patch,
  });
}

/** What 2.0.0 changes inside. */
export function comparison(
  overrides: Partial<ReleaseComparison> = {},
): ReleaseComparison {
  const known = { source: 'sbom' as const, digest: 'sha256:0', count: 40 };
  return {
    change: { to: release('2.0.0'), configuration: [] },
    commits: {
      state: 'known',
      added: {
        total: 12,
        items: [
          {
            sha: 'b'.repeat(40),
            title: 'Retry payments',
            authorName: 'Dana',
            at: '2026-11-20T10:00:00.000Z',
            url: `https://git.example.com/shop/commit/${'b'.repeat(40)}`,
          },
        ],
      },
      removed: { total: 0, items: [] },
    },
    dependencies: {
      comparable: true,
      from: known,
      to: known,
      total: 11,
      items: [
        ...Array.from({ length: 10 }, (_, index) => ({
          name: `package-${index}`,
          from: ['1.0.0'],
          to: ['2.0.0'],
        })),
        { name: 'zod', from: [], to: ['4.0.0'] },
      ],
    },
    manifests: [
      {
        name: 'Deployment checkout',
        change: 'changed',
        patch: [
          '===================================================================',
          '--- Deployment checkout',
          '+++ Deployment checkout',
          '@@ -1,2 +1,2 @@',
          ' kind: Deployment',
          '-  image: checkout:1',
          '+  image: checkout:2',
          '',
        ].join('\n'),
      },
    ],
    ...overrides,
  };
}

/** A held rollout that the reader may vote on. */
export function approval(
  patch: Partial<RolloutApproval> = {},
): RolloutApproval {
  return {
    kind: 'rollout',
    id: 'rollout-1',
    state: 'pending',
    rollout: heldRollout(),
    change: {
      from: { ...release('1.0.0'), commit: '1111111111' },
      to: { ...release('2.0.0'), commit: '2222222222' },
      artifact: { from: 'checkout@1.0.0', to: 'checkout@2.0.0' },
      compareUrl: 'https://git.example/compare/1111111...2222222',
      configuration: [{ name: 'LIMIT', from: '10', to: '20' }],
      notes: 'Faster checkout.',
    },
    risks: [
      { level: 'info', message: 'First rollout today.' },
      { level: 'danger', message: 'The last rollout was rolled back.' },
    ],
    allowedActions: {
      approve: { allowed: true },
      reject: { allowed: true },
      withdraw: { allowed: false, reason: 'You have not voted.' },
    },
    ...patch,
  };
}

/** A request that belongs to no rollout and that the reader may vote on. */
export function requestApproval(
  patch: Partial<RequestApproval> = {},
): RequestApproval {
  return {
    kind: 'request',
    id: 'request-1',
    state: 'pending',
    request: {
      version: 1,
      title: 'Read the ledger of production',
      description: 'We look for **the lost cent**.<script>alert(1)</script>',
      link: 'https://tickets.example/4711',
      details: { rows: 12, tables: ['accounts', 'entries'] },
      subjectDigest: digest,
      gate: {
        name: 'Owners',
        kind: 'approval',
        status: 'waiting',
        message: 'Needs 1 of default/platform',
        approval: {
          rules: [{ group: 'group:default/platform', atLeast: 1, given: 0 }],
          approvers: [],
          votes: [],
          excluded: ['user:default/dana'],
          requireComment: false,
        },
      },
      requestedBy: 'user:default/dana',
      requestedAt: '2026-01-01T00:00:00Z',
    },
    allowedActions: {
      approve: { allowed: true },
      reject: { allowed: true },
      withdraw: { allowed: false, reason: 'You have not voted.' },
      withdrawRequest: {
        allowed: false,
        reason: 'Only whoever asked may withdraw this.',
      },
    },
    ...patch,
  };
}

/** A pipeline in force. */
export function pipeline(patch: Partial<Pipeline> = {}): Pipeline {
  return {
    name: 'standard',
    title: 'Standard',
    digest,
    source: 'file:pipelines.yaml',
    isDefault: true,
    loadedAt: '2026-01-01T00:00:00Z',
    stages: [
      { name: 'dev', environment: 'resource:default/dev', needs: [] },
      {
        name: 'prod',
        title: 'Production',
        environment: 'resource:default/prod',
        needs: ['dev'],
        strategy: { rolling: {} },
        gates: [
          {
            approval: {
              rules: [{ group: 'group:default/platform', atLeast: 2 }],
              approvers: ['user:default/olga'],
            },
          },
          { soak: { duration: '1h' } },
          {
            policy: {
              rules: [
                { name: 'signed', expression: 'true', message: 'Not signed.' },
              ],
            },
          },
        ],
      },
    ],
    ...patch,
  };
}

/** A stage to which the release could go at once. */
export function stagePreview(
  stage: string,
  needs: string[],
  patch: Partial<StagePreview> = {},
): StagePreview {
  return {
    stage,
    environmentRef: `resource:default/${stage}`,
    environmentName: stage,
    tier: 'development',
    needs,
    verdict: 'ready',
    message: 'Nothing is in its way.',
    gates: [],
    ...patch,
  };
}

const pipelineRef = { name: 'standard', title: 'Standard', digest };

const promotedItems = [
  {
    componentRef: 'component:default/orders',
    componentTitle: 'orders',
    release: release('1.4.0'),
    after: [],
  },
  {
    componentRef: 'component:default/checkout',
    componentTitle: 'checkout',
    release: release('2.0.0'),
    after: ['component:default/orders'],
  },
];

/** A stage of a promotion of orders and checkout, both of which stand alike in it. */
export function promotionStage(
  name: string,
  needs: string[],
  status: PromotionStage['status'],
  itemStatus: PromotionStage['items'][number]['status'],
  patch: Partial<PromotionStage> = {},
): PromotionStage {
  return {
    name,
    title: name,
    environmentRef: `resource:default/${name}`,
    environmentName: name,
    tier: environments.find(one => one.name === name)?.tier ?? 'development',
    needs,
    onFailure: 'rollback',
    status,
    items: promotedItems.map(({ componentRef, componentTitle }) => ({
      componentRef,
      status: itemStatus,
      ...(itemStatus !== 'pending' && {
        rolloutId: `${componentTitle}-${name}`,
      }),
    })),
    ...patch,
  };
}

/** Orders and checkout, through dev and waiting for gates in prod. */
export function promotion(patch: Partial<Promotion> = {}): Promotion {
  return {
    id: 'promotion-1',
    version: 3,
    trigger: 'person',
    pipeline: pipelineRef,
    phase: 'running',
    waitingFor: 'gates',
    items: promotedItems,
    stages: [
      promotionStage('dev', [], 'succeeded', 'succeeded'),
      promotionStage('prod', ['dev'], 'running', 'waiting'),
    ],
    requestedBy: 'user:default/dana',
    reason: 'the summer sale',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:05:00Z',
    allowedActions: {
      abort: { allowed: true },
      retry: { allowed: false, reason: 'Nothing has failed.' },
      continue: { allowed: false, reason: 'It waits for nobody.' },
    },
    ...patch,
  };
}

/** What the same promotion would do before it begins. */
export function promotionPlan(
  patch: Partial<PromotionPlan> = {},
): PromotionPlan {
  return {
    pipeline: pipelineRef,
    items: promotedItems,
    stages: promotion().stages.map(
      ({ name, title, environmentRef, environmentName, tier, needs }) => ({
        name,
        title,
        environmentRef,
        environmentName,
        tier,
        needs,
        onFailure: 'rollback',
        runs: name === 'dev' ? ['component:default/orders'] : [],
      }),
    ),
    ...patch,
  };
}

/** Through a freeze of prod for two hours of 2099, which somebody agreed to. */
export function windowException(
  patch: Partial<WindowException> = {},
): WindowException {
  return {
    id: 'exception-1',
    componentRef: 'component:default/checkout',
    environmentRef: 'resource:default/prod',
    from: '2099-01-01T10:00:00Z',
    until: '2099-01-01T12:00:00Z',
    reason: 'customers cannot pay',
    windows: [
      { name: 'year-end', title: 'Year end', digest: subject().digest },
    ],
    state: 'approved',
    requestedBy: 'user:default/dana',
    requestedAt: '2026-01-01T00:00:00Z',
    approvedBy: ['user:default/eva'],
    allowedActions: { end: { allowed: true } },
    ...patch,
  };
}

/** A pin on checkout in prod, which the reader may release. */
export function hold(patch: Partial<Hold> = {}): Hold {
  return {
    id: 'hold-1',
    componentRef: 'component:default/checkout',
    environmentRef: 'resource:default/prod',
    cause: 'pin',
    reason: 'the audit is under way',
    by: 'user:default/eva',
    at: '2026-01-01T00:00:00Z',
    active: true,
    allowedActions: { release: { allowed: true } },
    ...patch,
  };
}
