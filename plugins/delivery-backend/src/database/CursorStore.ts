import type { Knex } from 'knex';

interface CursorRow {
  reader: string;
  cursor: string;
}

/** How far a reader of the feed has come. */
export class CursorStore {
  constructor(
    private readonly knex: Knex,
    private readonly reader: string,
  ) {}

  async read(): Promise<string | undefined> {
    const row = await this.knex<CursorRow>('feed_cursors')
      .where({ reader: this.reader })
      .first();
    return row?.cursor;
  }

  async write(cursor: string): Promise<void> {
    await this.knex<CursorRow>('feed_cursors')
      .insert({ reader: this.reader, cursor })
      .onConflict('reader')
      .merge();
  }
}
