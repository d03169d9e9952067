export { JudgeReleaseDialog } from './JudgeReleaseDialog';
