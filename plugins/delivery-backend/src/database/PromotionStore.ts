import type { Knex } from 'knex';
import {
  type CreationPage,
  pageByCreation,
  type PageOf,
} from '@slipway/backstage-plugin-slipway-node';
import type { Refusals } from '../domain/promotion/actions';
import type { PromotionDocument } from '../domain/promotion/view';

interface PromotionRow {
  id: string;
  active: boolean;
  automatic: boolean;
  created_at: string;
  document: string;
  refusals: string;
}

interface ComponentRow {
  promotion_id: string;
  component_ref: string;
  active_release_id: string | null;
}

/** A promotion, and for each action why its state forbids it. */
export interface StoredPromotion {
  promotion: PromotionDocument;
  refusals: Refusals;
}

/** The promotions' read table. */
export class PromotionStore {
  constructor(private readonly knex: Knex) {}

  static async upsert(
    tx: Knex.Transaction,
    { promotion, refusals }: StoredPromotion,
  ): Promise<void> {
    await tx<PromotionRow>('promotions')
      .insert({
        id: promotion.id,
        active: promotion.finishedAt === undefined,
        automatic: promotion.trigger === 'automation',
        created_at: promotion.createdAt,
        document: JSON.stringify(promotion),
        refusals: JSON.stringify(refusals),
      })
      .onConflict('id')
      .merge();
  }

  /** False when one of its releases is promoted by another one already. */
  static async take(
    tx: Knex.Transaction,
    { id, items }: PromotionDocument,
  ): Promise<boolean> {
    const taken = await tx<ComponentRow>('promotion_components')
      .insert(
        items.map(({ componentRef, release }) => ({
          promotion_id: id,
          component_ref: componentRef,
          active_release_id: release.id,
        })),
      )
      .onConflict(['component_ref', 'active_release_id'])
      .ignore()
      .returning('promotion_id');
    return taken.length === items.length;
  }

  /** Lets others promote its releases. */
  static async letGo(tx: Knex.Transaction, id: string): Promise<void> {
    await tx<ComponentRow>('promotion_components')
      .where({ promotion_id: id })
      .update({ active_release_id: null });
  }

  async get(id: string): Promise<StoredPromotion | undefined> {
    const row = await this.knex<PromotionRow>('promotions')
      .where({ id })
      .first();
    return row && parse(row);
  }

  /** Promotions of a component that have not ended. */
  async activeOf(
    componentRef: string,
    tx?: Knex.Transaction,
  ): Promise<PromotionDocument[]> {
    const rows = await (tx ?? this.knex)<PromotionRow>('promotions')
      .where({ active: true })
      .whereIn('id', this.ofComponent(componentRef));
    return rows.map(row => parse(row).promotion);
  }

  /** Components that were ever promoted. */
  async componentRefs(): Promise<string[]> {
    const rows = await this.knex<ComponentRow>('promotion_components').distinct(
      'component_ref',
    );
    return rows.map(row => row.component_ref);
  }

  /** Those all of whose components are among the given. */
  async list(
    query: {
      componentRefs: string[];
      componentRef?: string;
      active?: boolean;
    } & CreationPage,
  ): Promise<PageOf<StoredPromotion>> {
    const matching = this.knex<PromotionRow>('promotions').whereNotIn(
      'id',
      this.knex<ComponentRow>('promotion_components')
        .select('promotion_id')
        .whereNotIn('component_ref', query.componentRefs),
    );
    if (query.componentRef)
      matching.whereIn('id', this.ofComponent(query.componentRef));
    if (query.active !== undefined) matching.where({ active: query.active });
    return pageByCreation(matching, query, parse);
  }

  private ofComponent(componentRef: string) {
    return this.knex<ComponentRow>('promotion_components')
      .select('promotion_id')
      .where({ component_ref: componentRef });
  }
}

function parse(row: PromotionRow): StoredPromotion {
  return {
    promotion: JSON.parse(row.document),
    refusals: JSON.parse(row.refusals),
  };
}
