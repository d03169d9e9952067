export { EntityScalingPage } from './EntityScalingPage';
