import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  type V1ReplicaSet,
  type V1Service,
  Watch,
} from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type CanaryStep,
  hashOf,
  podHashLabel,
  type Rollout,
  rollouts,
  type RolloutStatus,
  typeOf,
} from '../../objects/rollout';
import { availableOf, goalOfCanary, sizeOf, sizesOfCanary } from './counts';
import { phaseOf } from './phase';

type Status = RolloutStatus & {
  abortedAt?: string;
  availableReplicas: number;
  currentStepHash?: string;
  readyReplicas: number;
  replicas: number;
  updatedReplicas: number;
  /** Why the spec cannot be worked with. */
  invalid?: string;
};
type ConditionOf = NonNullable<RolloutStatus['conditions']>[number] & {
  lastUpdateTime?: string;
};

/** What one look at a Rollout works with. */
interface Sets {
  all: V1ReplicaSet[];
  next: V1ReplicaSet;
  stable?: V1ReplicaSet;
  others: V1ReplicaSet[];
}

const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
const deadlineAnnotation = 'scale-down-deadline';
const managedBy = 'argo-rollouts.argoproj.io/managed-by-rollouts';
// Argo's own default, for the copies of a blue-green update that was aborted.
const abortDelayMs = 30_000;

/**
 * A stand-in for the controller of Argo Rollouts, which cannot be had on the machine that the tests were made for. Written
 * from Argo's documentation of the canary and blue-green strategies, of pauses, aborts and conditions. No traffic routing, no
 * analyses, no experiments. It changes the same objects as the real one: ReplicaSets, selectors of Services, the status.
 */
export class ArgoStandIn {
  readonly #config = new KubeConfig();
  readonly #apps: AppsV1Api;
  readonly #core: CoreV1Api;
  readonly #custom: CustomObjectsApi;
  readonly #watches: AbortController[] = [];
  #stopped = false;
  #isDirty = true;
  #wake = () => {};
  #ended: Promise<void> = Promise.resolve();

  private constructor(directory: string) {
    this.#config.loadFromFile(join(directory, 'kubeconfig'));
    this.#apps = this.#config.makeApiClient(AppsV1Api);
    this.#core = this.#config.makeApiClient(CoreV1Api);
    this.#custom = this.#config.makeApiClient(CustomObjectsApi);
  }

  /** Follows all Rollouts of the cluster whose folder it is given. */
  static start(directory: string): ArgoStandIn {
    const standIn = new ArgoStandIn(directory);
    for (const path of [
      `/apis/${rollouts.group}/${rollouts.version}/${rollouts.plural}`,
      '/apis/apps/v1/replicasets',
      '/api/v1/services',
    ])
      standIn.#watch(path);
    standIn.#ended = standIn.#run();
    return standIn;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const watch of this.#watches) watch.abort();
    this.#wake();
    await this.#ended;
  }

  async #watch(path: string): Promise<void> {
    const again = () => {
      if (!this.#stopped) setTimeout(() => this.#watch(path), 200);
    };
    try {
      this.#watches.push(
        await new Watch(this.#config).watch(
          path,
          {},
          () => {
            this.#isDirty = true;
            this.#wake();
          },
          again,
        ),
      );
    } catch {
      again();
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#isDirty = false;
      try {
        await this.#reconcileAll();
      } catch (error) {
        // Somebody else was faster, or the cluster ends: the next look knows more.
        if (!this.#stopped && process.env.DEBUG_STAND_IN)
          process.stderr.write(`stand-in: ${error}\n`);
      }
      if (this.#isDirty || this.#stopped) continue;
      // Deadlines pass without an event.
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 500);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async #reconcileAll(): Promise<void> {
    const list = (await this.#custom.listClusterCustomObject(rollouts)) as {
      items: Rollout[];
    };
    const errors: unknown[] = [];
    for (const rollout of list.items)
      if (!rollout.metadata?.deletionTimestamp)
        // One that cannot be worked on keeps none of the others waiting.
        await this.#reconcile(rollout).catch(error => errors.push(error));
    if (!errors.length) return;
    this.#isDirty = this.#isDirty || !this.#stopped;
    throw errors[0];
  }

  async #reconcile(rollout: Rollout): Promise<void> {
    const { metadata, spec } = rollout;
    const { namespace = '' } = metadata ?? {};
    if (spec?.replicas === undefined) {
      await this.#custom.patchNamespacedCustomObject(
        {
          ...rollouts,
          namespace,
          name: metadata?.name ?? '',
          body: { spec: { replicas: 1 } },
        },
        mergePatch,
      );
      return;
    }
    const services = await this.#servicesOf(rollout);
    const problem = problemOf(rollout, services);
    if (problem) {
      await this.#persist(rollout, {
        ...emptyStatus(rollout),
        ...rollout.status,
        invalid: `The Rollout "${metadata?.name}" is invalid: ${problem}`,
      });
      return;
    }
    const owned = await this.#apps.listNamespacedReplicaSet({ namespace });
    const all = owned.items.filter(set =>
      set.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid),
    );
    if (typeOf(rollout) === 'blueGreen')
      await this.#blueGreen(rollout, all, services);
    else await this.#canary(rollout, all);
  }

  async #servicesOf({ metadata, spec }: Rollout) {
    const { activeService, previewService } = spec?.strategy?.blueGreen ?? {};
    const read = async (name: string | undefined) =>
      name
        ? this.#core
            .readNamespacedService({
              name,
              namespace: metadata?.namespace ?? '',
            })
            .catch(() => undefined)
        : undefined;
    return {
      active: await read(activeService),
      preview: await read(previewService),
    };
  }

  async #canary(rollout: Rollout, all: V1ReplicaSet[]): Promise<void> {
    const { spec, status = {} as Status } = rollout;
    const steps = spec?.strategy?.canary?.steps ?? [];
    const hash = templateHash(rollout);
    const stepHash = stepHashOf(steps);
    if (
      status.currentPodHash !== hash ||
      (status as Status).currentStepHash !== stepHash
    ) {
      const isBack = status.stableRS === hash;
      await this.#persist(rollout, {
        ...resetStatus(rollout, hash),
        currentStepHash: stepHash,
        ...(steps.length && {
          currentStepIndex: isBack ? steps.length : 0,
        }),
      });
      return;
    }
    const sets = await this.#setsOf(rollout, all, hash);
    let pauses = [...(status.pauseConditions ?? [])];
    let { controllerPause = false } = status;
    if (sets.stable && !spec?.paused) {
      const sizes = sizesOfCanary(rollout, {
        next: sets.next,
        ...(sets.stable !== sets.next && { stable: sets.stable }),
        others: sets.others,
      });
      for (const [set, size] of sizes) await this.#scale(set, size);
    }
    const index = status.currentStepIndex ?? 0;
    const step = steps.at(index) as CanaryStep | undefined;
    const isUnpaused = controllerPause && pauses.length === 0;
    if (
      step?.pause &&
      !spec?.paused &&
      !status.promoteFull &&
      !status.abort &&
      status.stableRS !== hash &&
      pauses.length === 0 &&
      !controllerPause
    ) {
      pauses = [{ reason: 'CanaryPauseStep', startTime: timestamp() }];
      controllerPause = true;
    }
    const base: Status = {
      ...countsOf(rollout, sets),
      currentPodHash: hash,
      currentStepHash: stepHash,
      stableRS: status.stableRS,
      promoteFull: status.promoteFull,
      abort: status.abort,
      currentStepIndex: steps.length ? index : undefined,
      ...(pauses.length && { pauseConditions: pauses, controllerPause }),
      conditions: status.conditions,
    };
    const replicas = spec?.replicas ?? 1;
    const isFull = availableOf(sets.next) === replicas;
    const isThrough =
      status.promoteFull || steps.length === 0 || index >= steps.length;
    if (!sets.stable || (!status.abort && isFull && isThrough)) {
      await this.#persist(rollout, {
        ...base,
        stableRS: hash,
        promoteFull: undefined,
        abort: undefined,
        pauseConditions: undefined,
        controllerPause: undefined,
        currentStepIndex: steps.length || undefined,
      });
      return;
    }
    if (status.abort && !status.promoteFull) {
      await this.#persist(rollout, {
        ...base,
        pauseConditions: undefined,
        controllerPause: undefined,
        ...(steps.length && {
          currentStepIndex: status.stableRS === hash ? steps.length : 0,
        }),
      });
      return;
    }
    if (status.promoteFull)
      Object.assign(base, {
        currentStepIndex: steps.length || undefined,
        pauseConditions: undefined,
        controllerPause: undefined,
      });
    else if (!spec?.paused && isDone(rollout, sets, step, isUnpaused))
      Object.assign(base, {
        currentStepIndex: index + 1,
        pauseConditions: undefined,
        controllerPause: undefined,
      });
    await this.#persist(rollout, base);
  }

  async #blueGreen(
    rollout: Rollout,
    all: V1ReplicaSet[],
    { active, preview }: { active?: V1Service; preview?: V1Service },
  ): Promise<void> {
    const { spec, status = {} as Status } = rollout;
    if (!active) return;
    const hash = templateHash(rollout);
    const sets = await this.#setsOf(rollout, all, hash);
    if (preview) await this.#point(preview, hash, rollout);
    if (status.currentPodHash !== hash) {
      await this.#persist(rollout, {
        ...resetStatus(rollout, hash),
        blueGreen: {
          activeSelector: active.spec?.selector?.[podHashLabel],
          previewSelector: hash,
        },
      });
      return;
    }
    const replicas = spec?.replicas ?? 1;
    const live = active.spec?.selector?.[podHashLabel];
    const wasKept = deadlineOf(sets.next) !== undefined;
    await this.#keep(sets.next, undefined);
    if (sets.stable) await this.#keep(sets.stable, undefined);
    const activeSet = all.find(
      set => live !== undefined && hashOf(set) === live,
    );
    if (activeSet) await this.#scale(activeSet, replicas);
    await this.#scaleNew(rollout, sets, replicas);
    await this.#scaleOld(rollout, sets, new Set([hash, status.stableRS, live]));

    const isSaturated =
      sizeOf(sets.next) === replicas && availableOf(sets.next) === replicas;
    let pauses = [...(status.pauseConditions ?? [])];
    let { controllerPause = false } = status;
    const isFast =
      wasKept || status.promoteFull || live === undefined || live === hash;
    const wantsPause =
      spec?.strategy?.blueGreen?.autoPromotionEnabled === false;
    const isReleased = controllerPause && pauses.length === 0;
    if (status.abort || isFast || !wantsPause || status.stableRS === hash)
      pauses = [];
    else if (
      isSaturated &&
      !spec?.paused &&
      !pauses.length &&
      !controllerPause
    ) {
      pauses = [{ reason: 'BlueGreenPause', startTime: timestamp() }];
      controllerPause = true;
    }
    let target = live;
    if (isSaturated && !spec?.paused) {
      if (isFast || isReleased || !wantsPause) target = hash;
      if (status.abort) target = status.stableRS;
      if (target && target !== live) await this.#point(active, target, rollout);
    }
    const base: Status = {
      ...countsOf(rollout, sets),
      currentPodHash: hash,
      stableRS: status.stableRS,
      promoteFull: status.promoteFull,
      abort: status.abort,
      blueGreen: { activeSelector: target, previewSelector: hash },
      // Kept while somebody has let it go on, until the Service has been switched.
      ...((pauses.length > 0 || (isReleased && target !== hash)) && {
        pauseConditions: pauses,
        controllerPause,
      }),
      conditions: status.conditions,
    };
    const isPromoted =
      !sets.stable ||
      target === undefined ||
      (target === hash && !status.abort);
    await this.#persist(
      rollout,
      isPromoted
        ? {
            ...base,
            stableRS: hash,
            promoteFull: undefined,
            abort: undefined,
            pauseConditions: undefined,
            controllerPause: undefined,
          }
        : base,
    );
  }

  async #scaleNew(
    { status }: Rollout,
    { next, stable }: Sets,
    replicas: number,
  ): Promise<void> {
    const isAborted = status?.abort && stable && stable !== next;
    if (!isAborted) {
      await this.#scale(next, replicas);
      return;
    }
    const aborted = Date.parse((status as Status).abortedAt ?? '');
    if (Date.now() - aborted >= abortDelayMs) await this.#scale(next, 0);
  }

  /** Old copies stay until their deadline, as many ReplicaSets of them as the limit lets. */
  async #scaleOld(
    { spec }: Rollout,
    { all }: Sets,
    referenced: Set<string | undefined>,
  ): Promise<void> {
    const {
      scaleDownDelayRevisionLimit: limit = Infinity,
      scaleDownDelaySeconds = 30,
    } = spec?.strategy?.blueGreen ?? {};
    let kept = 0;
    for (const set of all) {
      if (referenced.has(hashOf(set)) || sizeOf(set) === 0) continue;
      const deadline = deadlineOf(set);
      if (deadline === undefined && kept < limit) {
        kept += 1;
        await this.#keep(
          set,
          new Date(Date.now() + scaleDownDelaySeconds * 1000).toISOString(),
        );
        continue;
      }
      kept += 1;
      if (deadline === undefined || kept > limit || Date.now() >= deadline)
        await this.#scale(set, 0);
    }
  }

  async #setsOf(
    rollout: Rollout,
    all: V1ReplicaSet[],
    hash: string,
  ): Promise<Sets> {
    const next =
      all.find(set => hashOf(set) === hash) ??
      (await this.#create(rollout, hash));
    const stable = all.find(
      set =>
        rollout.status?.stableRS !== undefined &&
        hashOf(set) === rollout.status.stableRS,
    );
    return {
      all,
      next,
      ...(stable && { stable: hashOf(stable) === hash ? next : stable }),
      others: all.filter(
        set => hashOf(set) !== hash && hashOf(set) !== rollout.status?.stableRS,
      ),
    };
  }

  async #create(rollout: Rollout, hash: string): Promise<V1ReplicaSet> {
    const { metadata, spec } = rollout;
    const hashed = { [podHashLabel]: hash };
    const template = spec?.template ?? {};
    const labels = { ...template.metadata?.labels, ...hashed };
    const { namespace = '', name = '' } = metadata ?? {};
    return this.#apps.createNamespacedReplicaSet({
      namespace,
      body: {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `${name}-${hash}`,
          namespace,
          labels,
          ownerReferences: [
            {
              apiVersion: `${rollouts.group}/${rollouts.version}`,
              kind: 'Rollout',
              name,
              uid: metadata?.uid ?? '',
              controller: true,
              blockOwnerDeletion: true,
            },
          ],
        },
        spec: {
          replicas: 0,
          selector: {
            ...spec?.selector,
            matchLabels: { ...spec?.selector?.matchLabels, ...hashed },
          },
          template: {
            ...template,
            metadata: { ...template.metadata, labels },
          },
        },
      },
    });
  }

  async #scale(set: V1ReplicaSet, replicas: number): Promise<void> {
    if (sizeOf(set) === replicas) return;
    await this.#patchSet(set, { spec: { replicas } });
    set.spec!.replicas = replicas;
  }

  async #keep(set: V1ReplicaSet, until: string | undefined): Promise<void> {
    const present = set.metadata?.annotations?.[deadlineAnnotation];
    if (present === until) return;
    await this.#patchSet(set, {
      metadata: { annotations: { [deadlineAnnotation]: until ?? null } },
    });
  }

  async #patchSet({ metadata }: V1ReplicaSet, body: object): Promise<void> {
    await this.#apps.patchNamespacedReplicaSet(
      {
        name: metadata?.name ?? '',
        namespace: metadata?.namespace ?? '',
        body,
      },
      mergePatch,
    );
  }

  async #point(
    { metadata, spec }: V1Service,
    hash: string,
    rollout: Rollout,
  ): Promise<void> {
    if (spec?.selector?.[podHashLabel] === hash) return;
    await this.#core.patchNamespacedService(
      {
        name: metadata?.name ?? '',
        namespace: metadata?.namespace ?? '',
        body: {
          metadata: { annotations: { [managedBy]: rollout.metadata?.name } },
          spec: { selector: { [podHashLabel]: hash } },
        },
      },
      mergePatch,
    );
  }

  /** Writes what has changed of the status since it was read, and nothing else. */
  async #persist(
    rollout: Rollout,
    { invalid, ...wanted }: Status,
  ): Promise<void> {
    const { metadata, status = {} } = rollout;
    const withConditions = {
      ...wanted,
      conditions: invalid
        ? [
            ...otherConditions(rollout, 'InvalidSpec'),
            {
              type: 'InvalidSpec',
              status: 'True',
              reason: 'InvalidSpec',
              message: invalid,
              ...times(),
            },
          ]
        : conditionsOf(rollout, wanted),
    };
    const patch = difference(status, {
      abort: undefined,
      abortedAt: undefined,
      blueGreen: undefined,
      controllerPause: undefined,
      currentStepHash: undefined,
      currentStepIndex: undefined,
      pauseConditions: undefined,
      promoteFull: undefined,
      ...withConditions,
      ...(wanted.abort && {
        abortedAt: (status as Status).abortedAt ?? timestamp(),
      }),
      ...phaseOf(rollout, withConditions),
      observedGeneration: String(metadata?.generation),
    });
    if (Object.keys(patch).length === 0) return;
    this.#isDirty = true;
    await this.#custom.patchNamespacedCustomObjectStatus(
      {
        ...rollouts,
        namespace: metadata?.namespace ?? '',
        name: metadata?.name ?? '',
        body: { status: patch },
        fieldManager: 'rollouts-controller',
      },
      mergePatch,
    );
  }
}

// The API server wants whole seconds.
function timestamp(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

function times() {
  const now = timestamp();
  return { lastTransitionTime: now, lastUpdateTime: now };
}

function templateHash({ spec }: Rollout): string {
  return createHash('sha256')
    .update(JSON.stringify(spec?.template))
    .digest('hex')
    .slice(0, 10);
}

function stepHashOf(steps: CanaryStep[]): string {
  return createHash('sha256')
    .update(JSON.stringify(steps))
    .digest('hex')
    .slice(0, 10);
}

function deadlineOf({ metadata }: V1ReplicaSet): number | undefined {
  const text = metadata?.annotations?.[deadlineAnnotation];
  return text === undefined ? undefined : Date.parse(text);
}

/** Why the spec cannot be worked with. */
function problemOf(
  { spec }: Rollout,
  { active, preview }: { active?: V1Service; preview?: V1Service },
): string | undefined {
  const { activeService, previewService } = spec?.strategy?.blueGreen ?? {};
  if (spec?.strategy?.blueGreen && !active)
    return `spec.strategy.blueGreen.activeService: Invalid value: "${activeService}": service "${activeService}" not found`;
  if (previewService && !preview)
    return `spec.strategy.blueGreen.previewService: Invalid value: "${previewService}": service "${previewService}" not found`;
  const nameless = spec?.template?.spec?.containers.findIndex(
    ({ image }) => !image,
  );
  return nameless === undefined || nameless >= 0
    ? `spec.template.spec.containers[${nameless ?? 0}].image: Required value`
    : undefined;
}

function isDone(
  rollout: Rollout,
  { next, stable, others }: Sets,
  step: CanaryStep | undefined,
  isUnpaused: boolean,
): boolean {
  if (!step || rollout.status?.stableRS === rollout.status?.currentPodHash)
    return false;
  if (step.pause) return isUnpaused;
  const goal = goalOfCanary(rollout, true);
  return (
    sizeOf(next) === goal.next &&
    availableOf(next) === goal.next &&
    sizeOf(stable) === goal.stable &&
    availableOf(stable) === goal.stable &&
    others.every(set => availableOf(set) === 0)
  );
}

function emptyStatus({ status }: Rollout): Status {
  return {
    availableReplicas: 0,
    readyReplicas: 0,
    replicas: 0,
    updatedReplicas: 0,
    stableRS: status?.stableRS,
  };
}

/** As at the beginning of an update: no pause, no abort. */
function resetStatus(rollout: Rollout, hash: string): Status {
  const { status } = rollout;
  return {
    ...emptyStatus(rollout),
    ...(status as Partial<Status> | undefined),
    abort: undefined,
    blueGreen: undefined,
    controllerPause: undefined,
    currentPodHash: hash,
    currentStepHash: undefined,
    currentStepIndex: undefined,
    pauseConditions: undefined,
    promoteFull: undefined,
  };
}

function countsOf(rollout: Rollout, { all, next }: Sets): Status {
  const sets = all.includes(next) ? all : [...all, next];
  const sum = (of: (set: V1ReplicaSet) => number) =>
    sets.reduce((total, set) => total + of(set), 0);
  return {
    ...emptyStatus(rollout),
    availableReplicas: sum(availableOf),
    readyReplicas: sum(set => set.status?.readyReplicas ?? 0),
    replicas: sum(set => set.status?.replicas ?? 0),
    updatedReplicas: next.status?.replicas ?? 0,
  };
}

function otherConditions(
  { status }: Rollout,
  ...types: string[]
): ConditionOf[] {
  return (status?.conditions ?? []).filter(
    ({ type }) => type === undefined || !types.includes(type),
  );
}

/** Whether there is progress, and when there last was. */
function conditionsOf(rollout: Rollout, wanted: Status): ConditionOf[] {
  const before: ConditionOf | undefined = rollout.status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const now = progressOf(rollout, wanted, before);
  return [
    ...otherConditions(rollout, 'Progressing', 'InvalidSpec'),
    now.reason === before?.reason && !now.moved
      ? { ...before }
      : {
          type: 'Progressing',
          status: now.status,
          reason: now.reason,
          message: now.message,
          ...times(),
        },
  ];
}

function progressOf(
  { spec, status }: Rollout,
  wanted: Status,
  before: ConditionOf | undefined,
): { status: string; reason: string; message: string; moved?: boolean } {
  const replicas = spec?.replicas ?? 1;
  if (wanted.abort)
    return {
      status: 'False',
      reason: 'RolloutAborted',
      message: 'Rollout aborted update',
    };
  if (wanted.pauseConditions?.length || spec?.paused)
    return {
      status: 'Unknown',
      reason: 'RolloutPaused',
      message: 'Rollout is paused',
    };
  if (
    wanted.stableRS === wanted.currentPodHash &&
    wanted.availableReplicas >= replicas &&
    wanted.updatedReplicas === replicas
  )
    return {
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: 'The new ReplicaSet has successfully progressed',
    };
  const previous = (status ?? {}) as Partial<Status>;
  const moved = (
    [
      'availableReplicas',
      'currentPodHash',
      'currentStepIndex',
      'stableRS',
      'updatedReplicas',
    ] as const
  ).some(key => previous[key] !== wanted[key]);
  const since = Date.parse(before?.lastUpdateTime ?? '');
  // Once late it stays so until something moves: the condition's own time begins anew with the reason.
  const isLate =
    !moved &&
    (before?.reason === 'ProgressDeadlineExceeded' ||
      (before?.reason === 'ReplicaSetUpdated' &&
        Date.now() - since >= (spec?.progressDeadlineSeconds ?? 600) * 1000));
  return isLate
    ? {
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: 'The new ReplicaSet has timed out progressing',
      }
    : {
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: 'The new ReplicaSet is progressing',
        moved,
      };
}

function difference(before: object, after: object): Record<string, unknown> {
  const old = before as Record<string, unknown>;
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(after)) {
    if (JSON.stringify(old[key]) === JSON.stringify(value)) continue;
    patch[key] = value ?? null;
  }
  return patch;
}
