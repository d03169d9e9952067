export { ReleaseLabel } from './ReleaseLabel';
