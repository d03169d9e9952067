/**
 * The signal channel on which pages learn that a change has changed. A message holds no facts, only what to read again.
 *
 * @public
 */
export const SCALING_SIGNAL_CHANNEL = 'scaling';

/** @public */
export type ScalingSignal = {
  type: 'changed';
  changeId: string;
  targetId: string;
  componentRef: string;
  environmentRef: string;
};
