import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  approvalDecidePermission,
  type CreateDelegationRequest,
  type Delegation,
} from '@slipway/backstage-plugin-delivery-common';
import {
  type Authorizer,
  type Caller,
  FieldError,
  type Mutations,
  userOf,
} from '@slipway/backstage-plugin-slipway-node';
import { randomUUID } from 'node:crypto';
import { canonicalRef } from '../catalog/CatalogReader';
import {
  type DelegationRecord,
  DelegationStore,
} from '../database/DelegationStore';
import type { Journal } from './Journal';

const longestMs = 90 * 24 * 3_600_000;

/** Lets people have somebody else vote for them while they are away. */
export class DelegationService {
  constructor(
    private readonly options: {
      store: DelegationStore;
      authorizer: Authorizer;
      journal: Journal;
      mutations: Mutations;
      now: () => number;
    },
  ) {}

  async list(caller: Caller): Promise<Delegation[]> {
    await this.authorize(caller);
    const records = await this.options.store.of(userOf(caller));
    return records.map(record => this.view(record));
  }

  async create(
    request: CreateDelegationRequest,
    caller: Caller,
  ): Promise<{ delegation: Delegation; existed: boolean }> {
    const { journal, mutations, now } = this.options;
    const to = canonicalRef(request.to);
    return mutations.audited(
      caller,
      {
        eventId: 'delegation-create',
        severityLevel: 'high',
        meta: { to, until: request.until },
      },
      async () => {
        await this.authorize(caller);
        const from = userOf(caller);
        const until = Date.parse(request.until);
        if (!to.startsWith('user:') || to === from)
          throw new FieldError([
            { pointer: '/to', detail: 'must be another user' },
          ]);
        const { resultId, replayed } = await mutations.once(
          caller,
          { name: 'delegation.create', request },
          async tx => {
            if (!(until > now()) || until > now() + longestMs)
              throw new FieldError([
                {
                  pointer: '/until',
                  detail: 'must be in the future, and at most 90 days away',
                },
              ]);
            const record: DelegationRecord = {
              id: randomUUID(),
              from,
              to,
              until: new Date(until).toISOString(),
              ...(request.reason && { reason: request.reason }),
              createdAt: new Date(now()).toISOString(),
            };
            await DelegationStore.insert(tx, record);
            const { id, createdAt: _createdAt, ...begun } = record;
            await journal.write(
              tx,
              { type: 'delegation.begun', about: id, ...begun },
              caller,
            );
            return record.id;
          },
        );
        return { delegation: await this.one(resultId), existed: replayed };
      },
    );
  }

  async end(id: string, caller: Caller): Promise<Delegation> {
    const { journal, mutations, now, store } = this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'delegation-end',
        severityLevel: 'medium',
        meta: { delegationId: id },
      },
      async () => {
        await this.authorize(caller);
        const record = await store.get(id);
        if (record?.from !== userOf(caller))
          throw new NotFoundError(`You have no delegation '${id}'`);
        await mutations.once(
          caller,
          { name: 'delegation.end', request: { id } },
          async tx => {
            const at = new Date(now()).toISOString();
            if (!(await DelegationStore.end(tx, id, at)))
              throw new ConflictError('The delegation has ended already');
            const { from, to } = record;
            await journal.write(
              tx,
              { type: 'delegation.ended', about: id, from, to },
              caller,
            );
            return id;
          },
        );
        return this.one(id);
      },
    );
  }

  private async authorize({ credentials }: Caller): Promise<void> {
    await this.options.authorizer.require(
      approvalDecidePermission,
      credentials,
    );
  }

  private async one(id: string): Promise<Delegation> {
    const record = await this.options.store.get(id);
    if (!record) throw new NotFoundError(`There is no delegation '${id}'`);
    return this.view(record);
  }

  private view({ endedAt, ...record }: DelegationRecord): Delegation {
    return {
      ...record,
      until: endedAt ?? record.until,
      active: !endedAt && Date.parse(record.until) > this.options.now(),
    };
  }
}
