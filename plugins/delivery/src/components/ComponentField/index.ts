export { ComponentField } from './ComponentField';
