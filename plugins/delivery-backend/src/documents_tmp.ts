import type { DocumentCatalog } from './service/PipelineService';
import type { GateDocuments } from './service/gates/GateDocuments';

export const noDocuments: GateDocuments & DocumentCatalog = {
  pipelines: async () => [],
  problems: async () => [],
  pipelineFor: async () => undefined,
  occurrences: async () => [],
  windowsFor: async () => undefined,
};
