export { DelegationsPanel } from './DelegationsPanel';
