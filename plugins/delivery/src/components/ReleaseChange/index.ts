export { ClusterChanges } from './ClusterChanges';
export { ReleaseChangeView } from './ReleaseChangeView';
export { ReleaseInside, ReleasePreview } from './ReleaseComparison';
