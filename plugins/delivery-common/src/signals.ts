/**
 * The signal channel on which pages learn that something changed. A message holds no facts, only what to read again.
 *
 * @public
 */
export const DELIVERY_SIGNAL_CHANNEL = 'delivery';

/** @public */
export type DeliverySignal = {
  type: 'changed';
  componentRef: string;
  environmentRef: string;
  rolloutId?: string;
};
