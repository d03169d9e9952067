/**
 * Slipway delivery through Argo Rollouts.
 *
 * @packageDocumentation
 */
export { deliveryModuleArgoRollouts as default } from './module';
