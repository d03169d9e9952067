/**
 * What replicas used and answered, from Prometheus, for Slipway scaling.
 *
 * @packageDocumentation
 */
export { scalingModulePrometheus as default } from './module';
