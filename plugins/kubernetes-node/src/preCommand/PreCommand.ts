import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterClient } from '../ClusterClient';
import { ClusterResponseError } from '../ClusterResponseError';
import { labels, releaseKey, type TargetIdentity } from '../identity';
import { podProblem } from '../podProblem';
import { nameOf } from '../pods';
import { preCommandJob } from './preCommandJob';

const lookMs = 1000;

/**
 * The command that a release wants to have run before its rollout, as a Job. It runs once for a release in a namespace:
 * one that has succeeded there is never run again, so that going back and forth migrates nothing twice.
 *
 * @public
 */
export class PreCommand {
  constructor(
    private readonly options: {
      client: ClusterClient;
      identity: TargetIdentity;
      namespace: string;
      serviceAccountName?: string;
      timeoutSeconds: number;
      now: () => number;
    },
  ) {}

  /** Lets the API server check the Job without storing it. */
  async rehearse(release: DesiredRelease): Promise<void> {
    const job = this.#job(release, 'validate');
    if (job) await this.#create(job, true);
  }

  /** Whether a rollout of the release would run it. */
  async isPending(release: DesiredRelease): Promise<boolean> {
    if (!this.#job(release, 'validate')) return false;
    const { items } = await this.#list(release);
    return !items.some(isDone);
  }

  /**
   * Returns when it has succeeded. Throws `InputError` with its last words when it failed, and what the signal says when
   * that aborts; the Job goes on then, and the next call with the same key finds it.
   */
  async run(
    release: DesiredRelease,
    { idempotencyKey, signal }: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<void> {
    const job = this.#job(release, idempotencyKey);
    if (!job) return;
    const { items } = await this.#list(release);
    if (items.some(isDone)) return;
    if (!items.some(one => nameOf(one) === nameOf(job)))
      await this.#create(job, false);
    for (;;) {
      const now = (await this.#list(release)).items.find(
        one => nameOf(one) === nameOf(job),
      );
      if (!now)
        throw new InputError(
          `Somebody has deleted Job ${nameOf(job)}, which ran the command before the rollout; retry to run it again`,
        );
      if (isDone(now)) return;
      const failure = failureOf(now);
      if (failure)
        throw new InputError(
          `The command before the rollout failed (Job ${nameOf(job)}): ${await this.#lastWords(release, job, failure)}. Nothing was rolled out`,
        );
      const stuck = await this.#stuck(release, job);
      if (stuck)
        throw new InputError(
          `The command before the rollout cannot be run (Job ${nameOf(job)}): ${stuck}`,
        );
      await sleep(lookMs, undefined, { signal });
    }
  }

  /** Pods that ran it for a release, for their logs. */
  async pods(releaseId: string): Promise<V1Pod[]> {
    const { client, namespace } = this.options;
    const { items } = await client.core.listNamespacedPod({
      namespace,
      labelSelector: this.#selector(releaseId),
    });
    return items;
  }

  #job(release: DesiredRelease, idempotencyKey: string): V1Job | undefined {
    return preCommandJob({ ...this.options, release, idempotencyKey });
  }

  async #create(job: V1Job, dryRun: boolean): Promise<void> {
    const { client, namespace } = this.options;
    try {
      await client.batch.createNamespacedJob({
        namespace,
        body: job,
        fieldManager: 'slipway',
        ...(dryRun && { dryRun: 'All' }),
      });
    } catch (error) {
      // Another worker was faster, with the same Job.
      const isThere =
        error instanceof ClusterResponseError &&
        error.kubernetes?.reason === 'AlreadyExists';
      if (!isThere) throw error;
    }
  }

  #list({ releaseId }: DesiredRelease) {
    const { client, namespace } = this.options;
    return client.batch.listNamespacedJob({
      namespace,
      labelSelector: this.#selector(releaseId),
    });
  }

  #selector(releaseId: string): string {
    return `${labels.hookOf}=${this.options.identity.id},${labels.release}=${releaseKey(releaseId)}`;
  }

  async #podsOf(release: DesiredRelease, job: V1Job): Promise<V1Pod[]> {
    const pods = await this.pods(release.releaseId);
    return pods.filter(
      pod => pod.metadata?.labels?.['job-name'] === nameOf(job),
    );
  }

  async #stuck(
    release: DesiredRelease,
    job: V1Job,
  ): Promise<string | undefined> {
    for (const pod of await this.#podsOf(release, job)) {
      if (pod.status?.phase !== 'Pending') continue;
      const problem = podProblem(pod, this.options.now());
      if (problem?.lasting) return problem.message;
    }
    return undefined;
  }

  async #lastWords(
    release: DesiredRelease,
    job: V1Job,
    otherwise: string,
  ): Promise<string> {
    for (const pod of await this.#podsOf(release, job))
      for (const { state } of pod.status?.containerStatuses ?? []) {
        const end = state?.terminated;
        if (!end) continue;
        const words = end.message?.trim().split('\n').slice(-5).join('\n');
        return `it ended with code ${end.exitCode}${words ? `: ${words}` : ''}`;
      }
    return otherwise;
  }
}

function isDone({ status }: V1Job): boolean {
  return hasCondition(status, 'Complete') !== undefined;
}

function failureOf({ status }: V1Job): string | undefined {
  const failed = hasCondition(status, 'Failed');
  if (!failed) return undefined;
  return failed.reason === 'DeadlineExceeded'
    ? 'it took longer than delivery.kubernetes.preCommandTimeoutSeconds allows'
    : (failed.message ?? 'it does not say why');
}

function hasCondition(status: V1Job['status'], type: string) {
  return status?.conditions?.find(
    condition => condition.type === type && condition.status === 'True',
  );
}
