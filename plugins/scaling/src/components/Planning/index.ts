export { Planning } from './Planning';
