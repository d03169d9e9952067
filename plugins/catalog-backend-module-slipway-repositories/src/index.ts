/**
 * Lets the catalog read components from the portal's local git repositories.
 *
 * @packageDocumentation
 */
export { catalogModuleSlipwayRepositories as default } from './module';
