/**
 * Who may do what, and why: types, permission and client.
 *
 * @packageDocumentation
 */
export { AccessClient, type AccessRequestOptions } from './AccessClient';
export { accessPermissions, accessReadPermission } from './permissions';
export * from './types';
