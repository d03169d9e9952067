/**
 * The analysis provider `web`: reads one value from a JSON document over HTTP.
 *
 * @packageDocumentation
 */
export { deliveryModuleWeb as default } from './module';
