export { RelativeTime } from './RelativeTime';
export { Duration } from './Duration';
export { formatDuration } from './formatDuration';
export { formatInstant } from './formatInstant';
