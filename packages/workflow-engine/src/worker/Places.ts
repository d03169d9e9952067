import type { Knex } from 'knex';
import type { HandOver } from '../runs/Committed';
import type { Claimant, EffectStore } from '../store/EffectStore';
import type { GroupCommit } from '../store/GroupCommit';

/** The places for handlers in this engine: who has one, and whether more is waiting than there are. */
export class Places {
  /** Handlers that run and places promised to transactions under way. */
  inUse = 0;
  /** More is ready than this engine could take when it last looked. */
  backlog = false;
  /** Effects with targets are ready, as far as is known. */
  targetsReady = false;
  /** None are given away before the start and after the stop. */
  open = false;

  constructor(
    private readonly commits: GroupCommit,
    private readonly effects: EffectStore,
    private readonly options: { claimant: Claimant; concurrency: number },
    private readonly onWanted: () => void,
  ) {}

  get free(): number {
    return this.options.concurrency - this.inUse;
  }

  giveBack(count: number): void {
    this.inUse -= count;
    if (count > 0 && this.backlog) {
      this.onWanted();
    }
  }

  /** Opens a transaction's account of places. `own` are places that it holds already. */
  openHandOver(own: number): HandOver & { close(used: number): void } {
    let held = own;
    let used = 0;
    const { claimant } = this.options;
    const take = (wanted: number): number => {
      if (!this.open) {
        return 0;
      }
      const more = Math.min(Math.max(0, wanted - (held - used)), this.free);
      this.inUse += more;
      held += more;
      const taken = Math.min(wanted, held - used);
      used += taken;
      return taken;
    };
    return {
      owner: claimant.owner,
      leaseMs: claimant.leaseMs,
      // With others waiting, the queue's order decides who comes next, not who was born last.
      reservePlain: wanted => (this.backlog ? 0 : take(wanted)),
      // Effects with targets would be overtaken by those without.
      reserveQueued: () =>
        this.backlog && !this.targetsReady ? take(held - used) : 0,
      queueDrained: () => {
        this.backlog = false;
      },
      claimMore: async (tx: Knex.Transaction, targetsReady: boolean) => {
        if (!this.backlog && !targetsReady) {
          return [];
        }
        if (this.commits.isShared) {
          // One claim for all their places follows, instead of one for each.
          return [];
        }
        const places = take(held - used + this.free);
        if (places === 0) {
          return [];
        }
        const claimed = await this.effects.claim(
          tx,
          claimant,
          places,
          targetsReady || this.targetsReady,
        );
        used -= places - claimed.length;
        this.backlog = claimed.length === places;
        return claimed;
      },
      close: leased => this.giveBack(held - leased),
    };
  }
}
