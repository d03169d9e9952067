/**
 * The backend of Slipway scaling.
 *
 * @packageDocumentation
 */
export { scalingPlugin as default } from './plugin';
