/**
 * A real Prometheus, for tests.
 *
 * @packageDocumentation
 */
export { describeWithPrometheus, password, Prometheus } from './Prometheus';
