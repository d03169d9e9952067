/**
 * Releases, rollouts, analysis and rollback for the software in a Backstage catalog.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
