import type { WorkflowDefinition } from '../api/workflow';

export type TransferCommand =
  | { type: 'transfer'; from: string; to: string; amount: number }
  | { type: 'remark'; text: string }
  | { type: 'hold' }
  | { type: 'release' }
  | { type: 'cancel' };

export type TransferEvent =
  | { type: 'transfer.begun'; from: string; to: string; amount: number }
  | { type: 'transfer.debited' }
  | { type: 'transfer.credited' }
  | { type: 'transfer.refunding'; reason: string }
  | { type: 'transfer.refunded' }
  | { type: 'transfer.remarked'; text: string }
  | { type: 'transfer.held' }
  | { type: 'transfer.released' };

export interface TransferEffect {
  kind: 'book';
  account: string;
  amount: number;
}

export interface TransferState {
  from: string;
  to: string;
  amount: number;
  step: 'debit' | 'credit' | 'refund' | 'over';
  held: boolean;
  remarks: string[];
}

/** Three accounts' worth of trouble: a transfer that refunds when it cannot credit, and can be held. */
export const transfer: WorkflowDefinition<
  TransferState,
  TransferCommand,
  TransferEvent,
  TransferEffect
> = {
  type: 'test.transfer',
  decide(state, command, { now }) {
    if (!state) {
      if (command.type !== 'transfer') {
        throw new Error('not begun');
      }
      const { from, to, amount } = command;
      return {
        events: [{ type: 'transfer.begun', from, to, amount }],
        effects: [book('debit', from, -amount)],
      };
    }
    switch (command.type) {
      case 'remark':
        return { events: [{ type: 'transfer.remarked', text: command.text }] };
      case 'hold':
        if (state.held) {
          throw new Error('held already');
        }
        return {
          events: [{ type: 'transfer.held' }],
          timers: [{ name: 'release', at: now + 40 }],
          status: { kind: 'waiting', wait: 'person' },
        };
      case 'release':
      case 'timer.fired':
        if (!state.held) {
          throw new Error('not held');
        }
        return {
          events: [{ type: 'transfer.released' }],
          timers: [{ name: 'release', at: null }],
          status: { kind: 'running' },
        };
      case 'cancel':
        if (state.step !== 'debit') {
          throw new Error('too late');
        }
        // The debit may have been booked although nobody has heard of it, so it is taken back.
        return {
          events: [{ type: 'transfer.refunding', reason: 'cancelled' }],
          cancelEffects: ['debit'],
          effects: [book('refund', state.from, state.amount)],
        };
      case 'effect.succeeded':
        return {
          debit: () => ({
            events: [{ type: 'transfer.debited' as const }],
            effects: [book('credit', state.to, state.amount)],
          }),
          credit: () => ({
            events: [{ type: 'transfer.credited' as const }],
            status: { kind: 'succeeded' as const },
          }),
          refund: () => ({
            events: [{ type: 'transfer.refunded' as const }],
            status: { kind: 'failed' as const, detail: 'refunded' },
          }),
        }[command.key as 'debit' | 'credit' | 'refund']();
      case 'effect.failed':
        return {
          events: [{ type: 'transfer.refunding', reason: command.reason }],
          effects: [book('refund', state.from, state.amount)],
        };
      default:
        throw new Error('begun already');
    }
  },
  evolve(state, event) {
    if (event.type === 'transfer.begun') {
      const { from, to, amount } = event;
      return { from, to, amount, step: 'debit', held: false, remarks: [] };
    }
    if (!state) {
      throw new Error(`${event.type} came before the beginning`);
    }
    switch (event.type) {
      case 'transfer.debited':
        return { ...state, step: 'credit' };
      case 'transfer.refunding':
        return { ...state, step: 'refund' };
      case 'transfer.credited':
      case 'transfer.refunded':
        return { ...state, step: 'over' };
      case 'transfer.remarked':
        return { ...state, remarks: [...state.remarks, event.text] };
      case 'transfer.held':
        return { ...state, held: true };
      default:
        return { ...state, held: false };
    }
  },
};

function book(
  key: 'debit' | 'credit' | 'refund',
  account: string,
  amount: number,
) {
  return {
    key,
    effect: { kind: 'book' as const, account, amount },
    target: account,
    retry: {
      maxAttempts: key === 'refund' ? 1000 : 3,
      initialDelayMs: 1,
      maxDelayMs: 5,
    },
  };
}
