export { ScalingPage } from './ScalingPage';
