import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type AskWindowExceptionRequest,
  rolloutReadPermission,
  type WindowException,
  windowRequestPermission,
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
} from '../../catalog/CatalogReader';
import {
  type ExceptionRecord,
  WindowExceptionStore,
} from '../../database/WindowExceptionStore';
import type { PipelineFacts } from '../../domain/pipeline/PipelineFacts';
import { assertCanBeMet } from '../../domain/request/assertCanBeMet';
import type { RequestCommand } from '../../domain/request/commands';
import { REQUEST_WORKFLOW } from '../../domain/request/requestWorkflow';
import { findTarget } from '../findTarget';
import { askedException } from './askedException';
import type { WindowCatalog } from './WindowCatalog';

/** Lets one component through windows for a while, when the people agree whom those windows name. */
export class WindowExceptionService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      documents: WindowCatalog;
      engine: Engine;
      mutations: Mutations;
      now: () => number;
      people: () => Promise<PipelineFacts>;
      store: WindowExceptionStore;
    },
  ) {}

  /** Those asked for, in force or to come, of components that the caller may see. */
  async list(
    query: { componentRef?: string },
    caller: Caller,
  ): Promise<WindowException[]> {
    const { authorizer, now, store } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const records = await store.current(
      now(),
      query.componentRef && canonicalRef(query.componentRef),
    );
    return this.shown(records, caller);
  }

  /** Asks. `existed` when the same request was carried out before. */
  async ask(
    request: AskWindowExceptionRequest,
    caller: Caller,
  ): Promise<{ exception: WindowException; existed: boolean }> {
    const { documents, engine, mutations, now, people } = this.options;
    const { componentRef, environmentRef, from, until } = request;
    return mutations.audited(
      caller,
      {
        eventId: 'window-exception-ask',
        severityLevel: 'high',
        meta: { componentRef, environmentRef, from, until },
      },
      async () => {
        const target = await this.authorized(request, caller);
        const operation = { name: 'window.exception.ask', request };
        const { component, environment } = target;
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            const asked = askedException(request, target, {
              windows: await documents.fittingWindows({
                componentRef: component.ref,
                systemRef: component.systemRef,
                environmentRef: environment.ref,
                tier: environment.tier,
              }),
              requestedBy: actorOf(caller).id,
              now: now(),
            });
            assertCanBeMet(asked.approval, asked.requestedBy, await people());
            return mutations.once(caller, operation, async tx => {
              const id = randomUUID();
              await engine.startRun<RequestCommand>({
                type: REQUEST_WORKFLOW,
                id,
                command: { type: 'ask', asked },
                actor: actorOf(caller),
                tx,
              });
              return id;
            });
          },
        );
        return {
          exception: await this.one(resultId, caller),
          existed: replayed,
        };
      },
    );
  }

  /** Ends one that is approved, before its time. */
  async end(
    id: string,
    reason: string,
    caller: Caller,
  ): Promise<WindowException> {
    const { mutations, now, store } = this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'window-exception-end',
        severityLevel: 'medium',
        meta: { exceptionId: id },
      },
      async () => {
        const record = await store.get(id);
        if (!record) throw notThere(id);
        await this.authorized(record, caller);
        await mutations.once(
          caller,
          { name: 'window.exception.end', request: { id, reason } },
          async tx => {
            const ended = await WindowExceptionStore.end(tx, id, {
              by: actorOf(caller).id,
              at: new Date(now()).toISOString(),
              reason,
            });
            if (!ended)
              throw new ConflictError('The exception is not in force');
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
      windowRequestPermission,
      { ownerRef: component.ownerRef, tier: environment.tier },
      credentials,
      `ask for an exception for ${component.title} in ${environment.name}`,
    );
    return target;
  }

  private async one(id: string, caller: Caller): Promise<WindowException> {
    const record = await this.options.store.get(id);
    const [exception] = record ? await this.shown([record], caller) : [];
    if (!exception) throw notThere(id);
    return exception;
  }

  private async shown(
    records: ExceptionRecord[],
    { credentials }: Caller,
  ): Promise<WindowException[]> {
    if (!records.length) return [];
    const { authorizer, catalog, now } = this.options;
    const [components, environments, [check]] = await Promise.all([
      catalog.components(
        [...new Set(records.map(({ componentRef }) => componentRef))],
        credentials,
      ),
      catalog.environments(credentials),
      authorizer.checks([windowRequestPermission], credentials),
    ]);
    return records.flatMap(record => {
      const component = components.find(
        ({ ref }) => ref === record.componentRef,
      );
      if (!component) return [];
      const may = check({
        ownerRef: component.ownerRef,
        // What is no longer in the catalog is held to the strictest rules.
        tier:
          environments.find(({ ref }) => ref === record.environmentRef)?.tier ??
          'production',
      });
      const isOver =
        record.state !== 'approved' || Date.parse(record.until) <= now();
      const refused = may ? undefined : refusal(windowRequestPermission);
      return [
        {
          ...record,
          allowedActions: {
            end: allowedUnless(
              isOver ? 'The exception is not in force.' : refused,
            ),
          },
        },
      ];
    });
  }
}

function notThere(id: string): NotFoundError {
  return new NotFoundError(`There is no exception '${id}'`);
}
