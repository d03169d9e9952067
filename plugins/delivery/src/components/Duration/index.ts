export { Duration } from './Duration';
