/**
 * Slipway scaling for Backstage's new frontend system. `./legacy` has the same for apps that have not moved.
 *
 * @packageDocumentation
 */
export { scalingPlugin as default } from './plugin';
export { scalingApiRef, type ScalingApi } from './api/scalingApi';
export { scalingTranslationRef } from './translation';
