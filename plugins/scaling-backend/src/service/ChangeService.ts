import { ConflictError } from '@backstage/errors';
import {
  type EndChangeRequest,
  policyApplyPermission,
  type ScaleRequest,
  type ScalingChange,
  type ScalingOptions,
  type ScalingTarget,
  targetScalePermission,
} from '@slipway/backstage-plugin-scaling-common';
import {
  actorOf,
  allowedUnless,
  askVendor,
  type Authorizer,
  type Caller,
  FieldError,
  type Mutations,
  refusal,
  StaleVersionError,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { ComponentFacts } from '../catalog/CatalogReader';
import { ChangeStore } from '../database/ChangeStore';
import {
  boundsOf,
  longestDays,
  type MostReplicas,
  needsUntil,
  problemsOf,
} from '../domain/change/bounds';
import { CHANGE_WORKFLOW } from '../domain/change/changeWorkflow';
import { type ChangeCommand, inheritanceOf } from '../domain/change/commands';
import { overrideOf } from '../domain/change/override';
import { refusalToEnd } from '../domain/change/refusals';
import type {
  AskedScale,
  ChangeMeans,
  ChangeState,
} from '../domain/change/state';
import type { ProviderMeans } from '../effects/ProviderMeans';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import type { ChangeableTarget, ChangeableTargets } from './ChangeableTargets';
import { changeTarget, reasonOf } from './changeParts';
import { permissionOf } from './changePermissions';
import type { ChangeReader } from './ChangeReader';
import { policyWay } from './policyWay';

/** A cluster that does not answer must not keep whoever asks waiting for longer. */
const rehearsalMs = 10_000;

/** Changes how many replicas there are: authorise, look whether it was done before, check, do it once. */
export class ChangeService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      changeable: ChangeableTargets;
      changes: ChangeStore;
      engine: Engine;
      most: MostReplicas;
      mutations: Mutations;
      now: () => number;
      provider: ProviderMeans;
      reader: ChangeReader;
      registry: ProviderRegistry;
    },
  ) {}

  /** How a target may be changed, by whom, and the change that stands. */
  async choices(targetId: string, caller: Caller): Promise<ScalingOptions> {
    const { authorizer, changes, most, reader } = this.options;
    const found = await this.options.changeable.find(targetId, caller);
    const { target, component } = found;
    const [mayScale, mayApply] = await authorizer.checks(
      [targetScalePermission, policyApplyPermission],
      caller.credentials,
    );
    const who = { ownerRef: component.ownerRef, tier: target.tier };
    const active = await changes.activeOf(targetId, 'scale');
    return {
      bounds: boundsOf(target, most),
      untilRequired: needsUntil(target.tier),
      longestDays,
      allowedActions: {
        scale: allowedUnless(
          mayScale(who)
            ? this.#refusalToScale(found)
            : refusal(targetScalePermission),
        ),
        applyPolicy: allowedUnless(
          mayApply(who)
            ? this.#refusalToApply(found)
            : refusal(policyApplyPermission),
        ),
      },
      ...(active && {
        activeChange: await reader.shown(active, component, caller),
      }),
    };
  }

  /** Begins a change, which takes the place of the one that stands. */
  async scale(
    targetId: string,
    request: ScaleRequest,
    expectedVersion: number | undefined,
    caller: Caller,
  ): Promise<{ change: ScalingChange; existed: boolean }> {
    const { authorizer, mutations } = this.options;
    return mutations.audited(
      caller,
      { eventId: 'change-scale', severityLevel: 'high', meta: { targetId } },
      async () => {
        const found = await this.options.changeable.find(targetId, caller);
        const { component, target } = found;
        await authorizer.requireFor(
          targetScalePermission,
          { ownerRef: component.ownerRef, tier: target.tier },
          caller.credentials,
          `scale ${component.title} in ${target.environmentName}`,
        );
        const operation = {
          name: 'change.scale',
          request: { targetId, ...request },
        };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            const asked = this.#asked(found, request, caller);
            await this.#rehearse(asked);
            return mutations.once(caller, operation, tx =>
              this.#begin(asked, expectedVersion, caller, tx),
            );
          },
        );
        return this.#answer(resultId, replayed, component, caller);
      },
    );
  }

  /** Ends a change now. */
  async end(
    changeId: string,
    { reason, restore = true }: EndChangeRequest,
    expectedVersion: number | undefined,
    caller: Caller,
  ): Promise<ScalingChange> {
    const { authorizer, engine, mutations, reader } = this.options;
    return mutations.audited(
      caller,
      { eventId: 'change-end', severityLevel: 'high', meta: { changeId } },
      async () => {
        const { component, stored } = await reader.visible(changeId, caller);
        await authorizer.requireFor(
          permissionOf[stored.change.kind],
          { ownerRef: component.ownerRef, tier: stored.change.tier },
          caller.credentials,
          `scale ${component.title} in ${stored.change.environmentName}`,
        );
        const said = reasonOf(reason);
        await mutations.once(
          caller,
          { name: 'change.end', request: { changeId, reason, restore } },
          async tx => {
            // The engine tells of a run that has finished in its own words.
            const refused = refusalToEnd(stored.state, restore);
            if (refused) throw new ConflictError(refused);
            await engine.submit<ChangeCommand>({
              runId: changeId,
              command: {
                type: 'end',
                by: actorOf(caller).id,
                reason: said,
                restore,
              },
              actor: actorOf(caller),
              expectedVersion,
              tx,
            });
            return changeId;
          },
        );
        return reader.get(changeId, caller);
      },
    );
  }

  /** Why nobody can scale it, whoever they are. */
  #refusalToScale({ target, environment }: ChangeableTarget) {
    const { registry } = this.options;
    if (target.driver.paused)
      return `Somebody has paused the autoscaler ${target.driver.name}, which does not look at its limits meanwhile; let it go on first.`;
    return meansOf(target) === 'delivery' ||
      registry.forRuntime(environment.runtime)?.control
      ? undefined
      : `Nothing that is installed can scale what runs on '${environment.runtime}'.`;
  }

  /** Why nobody can have it scale by a policy. */
  #refusalToApply({ environment, target }: ChangeableTarget) {
    const way = policyWay(this.options.registry, target, environment);
    return 'refusal' in way ? way.refusal : undefined;
  }

  /** Throws `FieldError` or `ConflictError` for what cannot be done. */
  #asked(
    found: ChangeableTarget,
    request: ScaleRequest,
    caller: Caller,
  ): AskedScale {
    const { most, now } = this.options;
    const { target } = found;
    const until =
      request.until === undefined ? undefined : Date.parse(request.until);
    const problems = problemsOf({ replicas: request.replicas, until }, target, {
      most,
      now: now(),
    });
    if (problems.length) throw new FieldError(problems);
    const refused = this.#refusalToScale(found);
    if (refused) throw new ConflictError(refused);
    return {
      kind: 'scale',
      target: changeTarget(target),
      // Known in the transaction.
      number: 0,
      via: meansOf(target),
      replicas: request.replicas,
      ...(until !== undefined && { until }),
      reason: reasonOf(request.reason),
      requestedBy: actorOf(caller).id,
    };
  }

  /** What would be refused is told now, and not by a run that fails. */
  async #rehearse({ replicas, target, via }: AskedScale): Promise<void> {
    // Delivery takes every number that this API takes, and waits for a rollout that is under way.
    if (via === 'delivery') return;
    await askVendor(
      target.environmentName,
      () =>
        this.options.provider.rehearse(
          target,
          before => overrideOf(before, replicas),
          AbortSignal.timeout(rehearsalMs),
        ),
      '/replicas',
    );
  }

  async #begin(
    asked: AskedScale,
    expectedVersion: number | undefined,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<string> {
    const { changes, engine } = this.options;
    const { id: targetId } = asked.target;
    const id = randomUUID();
    const actor = actorOf(caller);
    const active = await changes.activeOf(targetId, 'scale', tx);
    if (expectedVersion !== undefined && !active)
      throw new StaleVersionError(expectedVersion, 0, 'change');
    const superseded =
      active &&
      (await engine.submit<ChangeCommand>({
        runId: active.change.id,
        command: { type: 'supersede', changeId: id },
        actor,
        expectedVersion,
        tx,
      }));
    const inherited =
      superseded && inheritanceOf(superseded.run.state as ChangeState);
    await engine.startRun<ChangeCommand>({
      type: CHANGE_WORKFLOW,
      id,
      command: {
        type: 'ask',
        asked: { ...asked, number: await ChangeStore.nextNumber(tx, targetId) },
        ...(inherited && { inherited }),
      },
      actor,
      tx,
    });
    return id;
  }

  async #answer(
    id: string,
    existed: boolean,
    component: ComponentFacts,
    caller: Caller,
  ) {
    const { changes, reader } = this.options;
    const stored = await changes.get(id);
    return {
      change: await reader.shown(stored!, component, caller),
      existed,
    };
  }
}

/**
 * Delivery keeps the number of copies of what it runs; under a vendor's autoscaler it is the autoscaler's limits that change.
 */
function meansOf({ delivered, driver }: ScalingTarget): ChangeMeans {
  const isNumber = driver.kind === 'fixed' || driver.kind === 'slipway';
  return delivered && isNumber ? 'delivery' : 'provider';
}
