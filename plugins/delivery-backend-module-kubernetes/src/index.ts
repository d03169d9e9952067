/**
 * Slipway delivery on Kubernetes.
 *
 * @packageDocumentation
 */
export { deliveryModuleKubernetes as default } from './module';
