import type {
  DeliveryPipeline,
  DeliveryWindow,
  PipelineStage,
} from '@slipway/backstage-plugin-delivery-common';

/** A pipeline as it was written. */
export interface PipelineDocument {
  document: DeliveryPipeline;
  /** With `needs` filled in, and references in the spelling of the catalog. */
  stages: PipelineStage[];
  /** Of the document, whatever the order of its keys. */
  digest: string;
  source: string;
}

/** A window as it was written. */
export interface WindowDocument {
  document: DeliveryWindow;
  digest: string;
  source: string;
}

/** Why a document was not taken. `field` is a JSON pointer into the document. */
export interface ParseProblem {
  source: string;
  line?: number;
  field?: string;
  detail: string;
}

/** What a text holds. A document with a problem is in neither list; its neighbours are. */
export interface ParsedDocuments {
  pipelines: PipelineDocument[];
  windows: WindowDocument[];
  problems: ParseProblem[];
}
