/**
 * The embedded runtime of Slipway delivery.
 *
 * @packageDocumentation
 */
export { deliveryModuleLocal as default } from './module';
