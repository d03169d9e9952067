import type { RolloutDomainEvent } from './events';
import { evolve } from './evolve';
import type { RolloutState } from './state';

type WithoutTime<E> = E extends RolloutDomainEvent ? Omit<E, 'at'> : never;

/** The events that one command leads to, and the state that they lead to. */
export class Story {
  readonly events: RolloutDomainEvent[] = [];

  constructor(
    public state: RolloutState | undefined,
    readonly now: number,
  ) {}

  add(event: WithoutTime<RolloutDomainEvent>): RolloutState {
    const timed = { ...event, at: this.now } as RolloutDomainEvent;
    this.events.push(timed);
    this.state = evolve(this.state, timed);
    return this.state;
  }
}
