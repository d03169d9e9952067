export { ExceptionList } from './ExceptionList';
export { TargetExceptions } from './TargetExceptions';
