import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type CreateHoldRequest,
  type Hold,
  rolloutControlPermission,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  allowedUnless,
  type Authorizer,
  type Caller,
  type Mutations,
  refusal,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import { randomUUID } from 'node:crypto';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import { type HoldRecord, HoldStore } from '../database/HoldStore';
import type { PromotionStore } from '../database/PromotionStore';
import type { PromotionCommand } from '../domain/promotion/commands';
import { findTarget } from './findTarget';
import type { Journal } from './Journal';

/** Holds automatic promotion where people want nothing to happen by itself, and lets it go on. */
export class HoldService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      engine: Engine;
      journal: Journal;
      mutations: Mutations;
      now: () => number;
      promotions: PromotionStore;
      store: HoldStore;
    },
  ) {}

  /** Those of components that the caller may see. */
  async list(
    query: { componentRef?: string },
    caller: Caller,
  ): Promise<Hold[]> {
    const { authorizer, store } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const records = await store.active(
      query.componentRef && canonicalRef(query.componentRef),
    );
    return this.shown(records, caller);
  }

  async create(
    request: CreateHoldRequest,
    caller: Caller,
  ): Promise<{ hold: Hold; existed: boolean }> {
    const { journal, mutations, now } = this.options;
    const { reason } = request;
    return mutations.audited(
      caller,
      {
        eventId: 'hold-create',
        severityLevel: 'medium',
        meta: {
          componentRef: request.componentRef,
          environmentRef: request.environmentRef,
        },
      },
      async () => {
        const { component, environment } = await this.authorized(
          request,
          caller,
        );
        const { resultId, replayed } = await mutations.once(
          caller,
          { name: 'hold.create', request },
          async tx => {
            const id = randomUUID();
            const held = {
              componentRef: component.ref,
              environmentRef: environment.ref,
              cause: 'pin' as const,
              reason,
            };
            const isNew = await HoldStore.insert(tx, {
              ...held,
              id,
              by: actorOf(caller).id,
              at: new Date(now()).toISOString(),
            });
            if (!isNew)
              throw new ConflictError(
                `${component.title} is held in ${environment.name} already`,
              );
            await journal.write(
              tx,
              { type: 'hold.placed', about: id, ...held },
              caller,
            );
            return id;
          },
        );
        return { hold: await this.one(resultId, caller), existed: replayed };
      },
    );
  }

  async release(id: string, reason: string, caller: Caller): Promise<Hold> {
    const { engine, journal, mutations, now, promotions, store } = this.options;
    return mutations.audited(
      caller,
      { eventId: 'hold-release', severityLevel: 'high', meta: { holdId: id } },
      async () => {
        const record = await store.get(id);
        if (!record) throw new NotFoundError(`There is no hold '${id}'`);
        await this.authorized(record, caller);
        await mutations.once(
          caller,
          { name: 'hold.release', request: { id, reason } },
          async tx => {
            const released = await HoldStore.release(tx, id, {
              by: actorOf(caller).id,
              at: new Date(now()).toISOString(),
              reason,
            });
            if (!released)
              throw new ConflictError('The hold was released already');
            const { componentRef, environmentRef } = record;
            await journal.write(
              tx,
              {
                type: 'hold.released',
                about: id,
                componentRef,
                environmentRef,
                reason,
              },
              caller,
            );
            for (const { id: runId, trigger } of await promotions.activeOf(
              componentRef,
              tx,
            ))
              if (trigger === 'automation')
                await engine.submit<PromotionCommand>({
                  runId,
                  command: { type: 'lookAgain' },
                  actor: actorOf(caller),
                  tx,
                });
            return id;
          },
        );
        return this.one(id, caller);
      },
    );
  }

  private async authorized(
    refs: { componentRef: string; environmentRef: string },
    { credentials }: Caller,
  ): Promise<{ component: ComponentFacts; environment: EnvironmentFacts }> {
    const { authorizer, catalog } = this.options;
    const target = await findTarget(catalog, refs, credentials);
    const { component, environment } = target;
    await authorizer.requireFor(
      rolloutControlPermission,
      { ownerRef: component.ownerRef, tier: environment.tier },
      credentials,
      `hold or release ${component.title} in ${environment.name}`,
    );
    return target;
  }

  private async one(id: string, caller: Caller): Promise<Hold> {
    const record = await this.options.store.get(id);
    const [hold] = record ? await this.shown([record], caller) : [];
    if (!hold) throw new NotFoundError(`There is no hold '${id}'`);
    return hold;
  }

  private async shown(
    records: HoldRecord[],
    { credentials }: Caller,
  ): Promise<Hold[]> {
    if (!records.length) return [];
    const { authorizer, catalog } = this.options;
    const components = new Map(
      (
        await catalog.components(
          records.map(({ componentRef }) => componentRef),
          credentials,
        )
      ).map(component => [component.ref, component]),
    );
    const tiers = new Map(
      (await catalog.environments(credentials)).map(({ ref, tier }) => [
        ref,
        tier,
      ]),
    );
    const [check] = await authorizer.checks(
      [rolloutControlPermission],
      credentials,
    );
    return records.flatMap(record => {
      const component = components.get(record.componentRef);
      if (!component) return [];
      const may = check({
        ownerRef: component.ownerRef,
        // What is no longer in the catalog is held to the strictest rules.
        tier: tiers.get(record.environmentRef) ?? 'production',
      });
      const reason = may ? undefined : refusal(rolloutControlPermission);
      return [
        {
          ...record,
          allowedActions: {
            release: allowedUnless(
              record.active ? reason : 'It was released already.',
            ),
          },
        },
      ];
    });
  }
}
