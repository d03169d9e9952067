export { TargetPanel } from './TargetPanel';
