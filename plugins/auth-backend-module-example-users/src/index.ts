/**
 * Sign-in as one of the catalog's users by a click, for development. It has no password, so it takes a
 * `true` in the config to be there at all, and stops the backend in production.
 *
 * @packageDocumentation
 */
export { authModuleExampleUsers as default } from './module';
