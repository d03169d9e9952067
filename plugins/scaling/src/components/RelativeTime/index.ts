export { RelativeTime } from './RelativeTime';
export { formatInstant } from './formatInstant';
