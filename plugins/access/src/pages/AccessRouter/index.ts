export { AccessRouter } from './AccessRouter';
