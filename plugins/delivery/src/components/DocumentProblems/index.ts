export { DocumentProblems } from './DocumentProblems';
