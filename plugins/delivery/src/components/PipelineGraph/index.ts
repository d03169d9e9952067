export { PipelineGraph } from './PipelineGraph';
export type { GraphStage } from './graphModel';
