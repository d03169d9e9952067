/**
 * Delivery's embedded runtime for Slipway scaling.
 *
 * @packageDocumentation
 */
export { scalingModuleLocal as default } from './module';
