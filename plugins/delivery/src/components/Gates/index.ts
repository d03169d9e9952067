export { GateList } from './GateList';
export { GatesView } from './GatesView';
