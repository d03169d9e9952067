import type {
  PipelineStage,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import type { ApprovedException } from '../../domain/windows/exceptionsInForce';
import type { WindowFacts } from '../../domain/gates/facts';

/** A pipeline in force, as far as gates care. */
export interface GatePipeline {
  name: string;
  title: string;
  digest: string;
  /** The component that alone it serves. */
  componentRef?: string;
  /** With `needs` filled in. */
  stages: PipelineStage[];
}

/** What the documents in force say of a target. */
export interface GateDocuments {
  pipelineFor(component: {
    ref: string;
    systemRef?: string;
    /** What the component itself names. */
    pipelineName?: string;
    /** It names a document of its own. */
    hasOwnPipeline?: boolean;
  }): Promise<GatePipeline | undefined>;
  /** Nothing where no window fits. */
  windowsFor(
    target: {
      componentRef: string;
      systemRef?: string;
      environmentRef: string;
      tier: Tier;
    },
    now: number,
    exceptions: readonly ApprovedException[],
  ): Promise<WindowFacts | undefined>;
  /** The same of those windows that hold what is under way; closed as long as nobody knows what they are. */
  ongoingFor: GateDocuments['windowsFor'];
}
