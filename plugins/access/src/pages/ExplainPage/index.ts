export { ExplainPage } from './ExplainPage';
