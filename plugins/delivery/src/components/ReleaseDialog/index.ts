export { ReleaseDialog } from './ReleaseDialog';
