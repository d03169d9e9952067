/**
 * Slipway delivery for Backstage's new frontend system. `./legacy` has the same for apps that have not moved.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
export { deliveryApiRef, type DeliveryApi } from './api/deliveryApi';
export { deliveryTranslationRef } from './translation';
