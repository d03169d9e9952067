/**
 * The incident source of Prometheus Alertmanager.
 *
 * @packageDocumentation
 */
export { deliveryModuleAlertmanager as default } from './module';
