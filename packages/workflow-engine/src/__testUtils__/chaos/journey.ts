import type { WorkflowDefinition } from '../../api/workflow';

export type JourneyCommand = { type: 'depart'; legs: number; legMs: number };
type JourneyEvent =
  | { type: 'journey.departed'; legs: number; legMs: number }
  | { type: 'journey.travelled'; leg: string }
  | { type: 'journey.rested' };
export interface JourneyEffect {
  kind: 'travel';
  ms: number;
}
interface JourneyState {
  legs: number;
  legMs: number;
  travelled: string[];
}

const REST_MS = 30;

/** Legs one after the other, every second one through a bottleneck that all runs share, with a timer in the middle. */
export const journey: WorkflowDefinition<
  JourneyState,
  JourneyCommand,
  JourneyEvent,
  JourneyEffect
> = {
  type: 'chaos.journey',
  decide(state, command, { now }) {
    if (!state) {
      if (command.type !== 'depart') throw new Error('not departed');
      return {
        events: [{ ...command, type: 'journey.departed' }],
        effects: [leg(1, command.legMs)],
      };
    }
    const next = state.travelled.length + 1;
    switch (command.type) {
      case 'effect.succeeded': {
        const events = [
          { type: 'journey.travelled' as const, leg: command.key },
        ];
        if (next === state.legs)
          return { events, status: { kind: 'succeeded' } };
        return next === 2
          ? { events, timers: [{ name: 'rest', at: now + REST_MS }] }
          : { events, effects: [leg(next + 1, state.legMs)] };
      }
      case 'timer.fired':
        return {
          events: [{ type: 'journey.rested' }],
          effects: [leg(next, state.legMs)],
        };
      default:
        throw new Error(`'${command.type}' is not expected`);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'journey.departed':
        return { legs: event.legs, legMs: event.legMs, travelled: [] };
      case 'journey.travelled':
        return { ...state!, travelled: [...state!.travelled, event.leg] };
      default:
        return state!;
    }
  },
};

function leg(number: number, ms: number) {
  return {
    key: `leg-${number}`,
    effect: { kind: 'travel' as const, ms },
    target: number % 2 === 0 ? `bottleneck-${number}` : undefined,
    // Every kill costs an attempt.
    retry: { maxAttempts: 1000, initialDelayMs: 1, maxDelayMs: 50 },
  };
}
