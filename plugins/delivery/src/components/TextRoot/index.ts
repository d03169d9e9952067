export { TextRoot } from './TextRoot';
