import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { EngineCommand } from '@slipway/workflow-engine';
import type { AskedChange, ChangeState } from './state';

/** What a change leaves to the next one to put back. */
export interface Inheritance {
  before: ReplicaSetting;
  /** What it, and those before it, set. */
  ours: ReplicaSetting[];
}

/** Nothing where nothing can have been changed. */
export function inheritanceOf({
  before,
  ours,
}: ChangeState): Inheritance | undefined {
  return before && { before, ours };
}

/** What people, services and newer changes may ask of a change. */
export type ChangeCommand =
  | {
      type: 'ask';
      asked: AskedChange;
      /** From the change that this one takes the place of. */
      inherited?: Inheritance;
    }
  | { type: 'end'; by: string; reason: string; restore: boolean }
  | { type: 'supersede'; changeId: string };

/** All that a change decides on. */
export type AnyChangeCommand = ChangeCommand | EngineCommand;
