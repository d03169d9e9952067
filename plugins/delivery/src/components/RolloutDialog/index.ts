export { RolloutDialog } from './RolloutDialog';
