import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import type { WindowTarget } from '../../domain/windows/matches';

/** The windows in force. */
export interface WindowCatalog {
  /** Throws `ServiceUnavailableError` as long as nobody knows them all. */
  fittingWindows(target: WindowTarget): Promise<DeliveryWindow[]>;
}
