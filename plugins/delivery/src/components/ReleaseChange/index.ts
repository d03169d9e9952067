export { ReleaseChangeView } from './ReleaseChangeView';
