/**
 * The analysis provider of Prometheus.
 *
 * @packageDocumentation
 */
export { deliveryModulePrometheus as default } from './module';
