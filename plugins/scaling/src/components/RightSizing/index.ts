export { RightSizingPanel } from './RightSizingPanel';
