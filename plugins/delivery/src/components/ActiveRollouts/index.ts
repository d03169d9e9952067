export { ActiveRolloutList } from './ActiveRolloutList';
