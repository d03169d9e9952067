/**
 * Kubernetes for Slipway scaling.
 *
 * @packageDocumentation
 */
export { scalingModuleKubernetes as default } from './module';
