export { EmptyState } from './EmptyState';
export { ErrorBanner } from './ErrorBanner';
export { Loaded } from './Loaded';
export { SkeletonRows } from './SkeletonRows';
