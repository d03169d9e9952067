import { ConflictError } from '@backstage/errors';
import {
  type ApplyPolicyRequest,
  policyApplyPermission,
  type ScalingChange,
} from '@slipway/backstage-plugin-scaling-common';
import {
  actorOf,
  askVendor,
  type Authorizer,
  type Caller,
  FieldError,
  type FieldProblem,
  type MutationResult,
  type Mutations,
  type Operation,
} from '@slipway/backstage-plugin-slipway-node';
import type { LoadSource } from '@slipway/backstage-plugin-scaling-node';
import type { Engine } from '@slipway/workflow-engine';
import { randomUUID } from 'node:crypto';
import { ChangeStore } from '../database/ChangeStore';
import type { MostReplicas } from '../domain/change/bounds';
import { CHANGE_WORKFLOW } from '../domain/change/changeWorkflow';
import type { ChangeCommand } from '../domain/change/commands';
import type { AskedPolicy, ChangeMeans } from '../domain/change/state';
import { limitsAt } from '../domain/policy/limitsAt';
import { type ParsedPolicy, policyFrom } from '../domain/policy/parsePolicy';
import type { DeliveryGates } from '../effects/DeliveryGates';
import type { PolicyMeans } from '../effects/PolicyMeans';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import type { ChangeableTarget, ChangeableTargets } from './ChangeableTargets';
import { changeTarget, deliveryKeyOf, reasonOf } from './changeParts';
import type { ChangeReader } from './ChangeReader';
import { policyWay } from './policyWay';

/** A cluster that does not answer must not keep whoever asks waiting for longer. */
const rehearsalMs = 10_000;

/** Has a target scale by a policy: authorise, check, ask who has to agree, begin once. */
export class PolicyService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      changeable: ChangeableTargets;
      changes: ChangeStore;
      engine: Engine;
      gates: DeliveryGates;
      most: MostReplicas;
      mutations: Mutations;
      now: () => number;
      policies: Record<ChangeMeans, PolicyMeans>;
      reader: ChangeReader;
      registry: ProviderRegistry;
    },
  ) {}

  async apply(
    targetId: string,
    request: ApplyPolicyRequest,
    caller: Caller,
  ): Promise<{ change: ScalingChange; existed: boolean }> {
    const { authorizer, changeable, changes, mutations, reader } = this.options;
    return mutations.audited(
      caller,
      { eventId: 'policy-apply', severityLevel: 'high', meta: { targetId } },
      async () => {
        const found = await changeable.find(targetId, caller);
        const { component, target } = found;
        await authorizer.requireFor(
          policyApplyPermission,
          { ownerRef: component.ownerRef, tier: target.tier },
          caller.credentials,
          `apply a scaling policy to ${component.title} in ${target.environmentName}`,
        );
        const operation = {
          name: 'policy.apply',
          request: { targetId, ...request },
        };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          () => this.#begin(found, request, operation, caller),
        );
        const stored = await changes.get(resultId);
        return {
          change: await reader.shown(stored!, component, caller),
          existed: replayed,
        };
      },
    );
  }

  async #begin(
    found: ChangeableTarget,
    request: ApplyPolicyRequest,
    operation: Operation,
    caller: Caller,
  ): Promise<MutationResult> {
    const { engine, gates, mutations } = this.options;
    const asked = await this.#checked(found, request, caller);
    // With the same Idempotency-Key the same approvals, also when an earlier try got no further than these.
    const key = deliveryKeyOf(caller);
    const approvals = await gates.ask(
      asked,
      `scaling-${key}`,
      caller.credentials,
    );
    return mutations.once(caller, operation, async tx => {
      const id = randomUUID();
      const number = await ChangeStore.nextNumber(tx, asked.target.id);
      await engine.startRun<ChangeCommand>({
        type: CHANGE_WORKFLOW,
        id,
        command: { type: 'ask', asked: { ...asked, number, approvals } },
        actor: actorOf(caller),
        tx,
      });
      return id;
    });
  }

  /** Throws `FieldError` or `ConflictError` for what cannot be done. */
  async #checked(
    { environment, target }: ChangeableTarget,
    request: ApplyPolicyRequest,
    caller: Caller,
  ): Promise<Omit<AskedPolicy, 'approvals'>> {
    const { most, now, policies, registry } = this.options;
    const { digest, document } = policyFrom(request.policy, '/policy');
    const { tier } = target;
    const limits = limitsAt(document, tier, now());
    const problems = limits
      ? boundProblems(document, tier, most[tier])
      : [
          {
            pointer: '/policy/spec/replicas',
            detail: `says nothing of ${tier}, which ${target.environmentName} is of`,
          },
        ];
    if (!limits || problems.length) throw new FieldError(problems);
    const way = policyWay(registry, target, environment);
    if ('refusal' in way) throw new ConflictError(way.refusal);
    if (way.via === 'delivery') {
      const unmeasured = metricProblems(document, way.load);
      if (unmeasured.length) throw new FieldError(unmeasured);
    }
    const kept = changeTarget(target);
    // What would be refused is told now, before anybody agrees to it.
    await askVendor(
      target.environmentName,
      () =>
        policies[way.via].apply(kept, document, limits, {
          fence: Number.MAX_SAFE_INTEGER,
          dryRun: true,
          signal: AbortSignal.timeout(rehearsalMs),
        }),
      '/policy',
    );
    return {
      kind: 'policy',
      target: kept,
      number: 0,
      via: way.via,
      policy: document,
      digest,
      reason: reasonOf(request.reason),
      requestedBy: actorOf(caller).id,
    };
  }
}

/** Metrics that nothing measures there. */
function metricProblems(
  { spec }: ParsedPolicy['document'],
  load: LoadSource,
): FieldProblem[] {
  return spec.metrics.flatMap((metric, index) => {
    const detail = load.refusal(metric);
    return detail ? [{ pointer: `/policy/spec/metrics/${index}`, detail }] : [];
  });
}

/** Limits of the tier, also at times, that lie above what the tier allows. */
function boundProblems(
  { spec }: ParsedPolicy['document'],
  tier: keyof MostReplicas,
  most: number,
): FieldProblem[] {
  const detail = `must be at most ${most} in ${tier} (scaling.bounds.${tier}.max)`;
  const problems: FieldProblem[] = [];
  if ((spec.replicas[tier]?.max ?? 0) > most)
    problems.push({ pointer: `/policy/spec/replicas/${tier}/max`, detail });
  for (const [index, { replicas, tiers }] of (spec.schedules ?? []).entries())
    if (replicas.max > most && (!tiers || tiers.includes(tier)))
      problems.push({
        pointer: `/policy/spec/schedules/${index}/replicas/max`,
        detail,
      });
  return problems;
}
