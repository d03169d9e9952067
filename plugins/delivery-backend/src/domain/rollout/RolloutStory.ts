import { Story } from '@slipway/workflow-engine';
import type { RolloutDomainEvent } from './events';
import { evolve } from './evolve';
import type { RolloutState } from './state';

/** What one command does to a rollout. */
export class RolloutStory extends Story<RolloutState, RolloutDomainEvent> {
  constructor(state: RolloutState | undefined, now: number) {
    super(state, now, evolve);
  }
}
