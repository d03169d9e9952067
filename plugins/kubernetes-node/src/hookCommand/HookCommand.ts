import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterClient } from '../ClusterClient';
import { ClusterResponseError } from '../ClusterResponseError';
import { annotations, type TargetIdentity } from '../identity';
import { podProblem } from '../podProblem';
import { nameOf } from '../pods';
import { type Hook, hookJob, hookLabels } from './hookJob';

const lookMs = 1000;

const places: Record<Hook, { title: string; end: string }> = {
  pre: {
    title: 'The command before the rollout',
    end: '. Nothing was rolled out',
  },
  post: { title: 'The command after the rollout', end: '' },
};

/**
 * A command that a release wants to have run before its rollout, or once it has all traffic, as a Job. That before it runs
 * once for a release in a namespace: one that has succeeded there is never run again, so that going back and forth migrates
 * nothing twice. That after it runs once for each rollout.
 *
 * @public
 */
export class HookCommand {
  constructor(
    private readonly options: {
      hook: Hook;
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
    const job = this.#job(release, 'validate');
    if (!job) return false;
    const { items } = await this.#list(release);
    return !this.#hasRun(items, job);
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
    const { title, end } = places[this.options.hook];
    const { items } = await this.#list(release);
    if (this.#hasRun(items, job)) return;
    // Nobody would end what is begun after the rollout was taken back.
    signal.throwIfAborted();
    const name = this.#underWay(items, job) ?? nameOf(job);
    if (!items.some(one => nameOf(one) === name))
      await this.#create(job, false);
    for (;;) {
      const now = (await this.#list(release)).items.find(
        one => nameOf(one) === name,
      );
      if (!now)
        throw new InputError(
          `${title} was not seen to its end: somebody has deleted its Job ${name}; retry to run it again${end}`,
        );
      if (isDone(now)) return;
      const failure = failureOf(now);
      if (failure)
        throw new InputError(
          `${title} failed (Job ${name}): ${await this.#lastWords(release, now, failure)}${end}`,
        );
      const stuck = await this.#stuck(release, now);
      if (stuck)
        throw new InputError(
          `${title} cannot be run (Job ${name}): ${stuck}${end}`,
        );
      await sleep(lookMs, undefined, { signal });
    }
  }

  /**
   * Ends what a rollout, by the key of one of its effects, has begun. Its Job goes, and with it its pods; the time for them to
   * stop is theirs.
   */
  async stop(
    release: DesiredRelease,
    { idempotencyKey }: { idempotencyKey: string },
  ): Promise<void> {
    const job = this.#job(release, idempotencyKey);
    const name = job && this.#underWay((await this.#list(release)).items, job);
    if (!name) return;
    const { client, namespace } = this.options;
    try {
      await client.batch.deleteNamespacedJob({
        namespace,
        name,
        propagationPolicy: 'Background',
      });
    } catch (error) {
      // Gone already, or a role of before: then it ends by itself, and traffic is not kept waiting for that.
      const isNoMatter =
        error instanceof ClusterResponseError &&
        [403, 404].includes(error.status);
      if (!isNoMatter) throw error;
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
    return hookJob({ ...this.options, release, idempotencyKey });
  }

  #hasRun(jobs: V1Job[], job: V1Job): boolean {
    return jobs.some(one => isDone(one) && this.#isOfTheSame(one, job));
  }

  /** One that an earlier try began, and that nobody has seen the end of: two at a time could harm each other. */
  #underWay(jobs: V1Job[], job: V1Job): string | undefined {
    const found = jobs.find(
      one =>
        !isDone(one) &&
        failureOf(one) === undefined &&
        this.#isOfTheSame(one, job),
    );
    return found && nameOf(found);
  }

  #isOfTheSame(one: V1Job, job: V1Job): boolean {
    return this.options.hook === 'pre' || runOf(one) === runOf(job);
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
    const { hook, identity } = this.options;
    return hookLabels(hook, identity, releaseId)
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
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

/** The rollout that a Job is run for. */
function runOf({ metadata }: V1Job): string | undefined {
  return metadata?.annotations?.[annotations.idempotencyKey]?.split('/')[0];
}

function isDone({ status }: V1Job): boolean {
  return hasCondition(status, 'Complete') !== undefined;
}

function failureOf({ status }: V1Job): string | undefined {
  const failed = hasCondition(status, 'Failed');
  if (!failed) return undefined;
  return failed.reason === 'DeadlineExceeded'
    ? 'it took longer than commandTimeoutSeconds of the configuration allows'
    : (failed.message ?? 'it does not say why');
}

function hasCondition(status: V1Job['status'], type: string) {
  return status?.conditions?.find(
    condition => condition.type === type && condition.status === 'True',
  );
}
