/**
 * Scaffolder actions of Slipway: publish, register, release, roll out, roll back.
 *
 * @packageDocumentation
 */
export { scaffolderModuleSlipway as default } from './module';
