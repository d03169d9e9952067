/**
 * A permission policy made of roles in app-config and groups in the catalog. Denies what no role allows.
 *
 * @packageDocumentation
 */
export { permissionModuleSlipway as default } from './module';
