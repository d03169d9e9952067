/**
 * What Slipway's Prometheus modules share: a client of Prometheus' HTTP API, and its configuration.
 *
 * @packageDocumentation
 */
export {
  incompleteBecause,
  type QueryAnswer,
  type QueryPoint,
  readNumber,
  remarksOn,
} from './answer';
export {
  PrometheusClient,
  type PrometheusCallOptions,
} from './PrometheusClient';
export {
  MAX_STEP_SECONDS,
  MAX_TIMEOUT_SECONDS,
  readServers,
  type ServerSettings,
} from './settings';
