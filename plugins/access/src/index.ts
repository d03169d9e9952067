/**
 * Who may do what, and why, for Backstage's new frontend system. `./legacy` has the same for apps that have not moved.
 *
 * @packageDocumentation
 */
export { accessPlugin as default } from './plugin';
export { accessApiRef, type AccessApi } from './api/accessApi';
export { accessTranslationRef } from './translation';
