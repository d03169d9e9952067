import type {
  Decision,
  EffectRequest,
  EngineCommand,
  RunStatus,
} from '../api/workflow';

/** All that a run is waiting for, derived from its facts alone. */
export interface Pending<F> {
  effects: EffectRequest<F>[];
  /** Instants by name, epoch milliseconds. */
  timers: Record<string, number>;
  status: RunStatus;
}

/**
 * What is newly pending is requested, what is no longer pending is cancelled. The effect that the command tells the
 * end of is neither, unless it is wanted again.
 */
export function decisionBetween<E, F>(
  was: Pending<F> | undefined,
  is: Pending<F>,
  {
    events,
    command,
  }: { events: E[]; command: EngineCommand | { type: string } },
): Decision<E, F> {
  const over = 'key' in command ? command.key : undefined;
  const rung = 'firedAt' in command ? command.name : undefined;
  const wasKeys = new Set(was?.effects.map(({ key }) => key));
  const isKeys = new Set(is.effects.map(({ key }) => key));
  return {
    events,
    effects: is.effects.filter(({ key }) => !wasKeys.has(key) || key === over),
    cancelEffects: [...wasKeys].filter(key => !isKeys.has(key) && key !== over),
    timers: [
      ...Object.entries(is.timers)
        .filter(([name, at]) => was?.timers[name] !== at || name === rung)
        .map(([name, at]) => ({ name, at })),
      ...Object.keys(was?.timers ?? {})
        .filter(name => !(name in is.timers) && name !== rung)
        .map(name => ({ name, at: null })),
    ],
    status: is.status,
  };
}
