export { TargetsTable } from './TargetsTable';
