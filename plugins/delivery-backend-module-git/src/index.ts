/**
 * The commits that a release brings, read with git.
 *
 * @packageDocumentation
 */
export { deliveryModuleGit as default } from './module';
