export { ActiveField } from './ActiveField';
