export { RelativeTime } from './RelativeTime';
export { Duration } from './Duration';
export { formatInstant } from './formatInstant';
export { TimeUntil } from './TimeUntil';
