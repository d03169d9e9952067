export { LegacyShell } from './LegacyShell';
export { PageShell } from './PageShell';
