type WithoutTime<E> = E extends { at: number } ? Omit<E, 'at'> : never;

/** The events that one command leads to, and the state that they lead to. */
export class Story<S, E extends { at: number }> {
  readonly events: E[] = [];

  constructor(
    public state: S | undefined,
    readonly now: number,
    private readonly evolve: (state: S | undefined, event: E) => S,
  ) {}

  add(event: WithoutTime<E>): S {
    const timed = { ...event, at: this.now } as unknown as E;
    this.events.push(timed);
    this.state = this.evolve(this.state, timed);
    return this.state;
  }
}
