export { DocumentSource } from './DocumentSource';
