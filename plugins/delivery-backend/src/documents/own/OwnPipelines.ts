import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { DocumentProblem } from '@slipway/backstage-plugin-delivery-common';
import type { PipelineDocument } from '../../domain/pipeline/documents';
import type { KeptPipeline } from '../DocumentStore';
import { problemInWords } from '../problems';
import { type LoadOwnOptions, loadOwnPipelines } from './loadOwnPipelines';

/** A pipeline in force that serves one component. */
export type OwnPipelineInForce = KeptPipeline & { componentRef: string };

/** The pipelines that components have in their own repositories, the same on every replica. */
export class OwnPipelines {
  constructor(private readonly options: LoadOwnOptions) {}

  /** Reads every one anew. For one replica at a time. */
  refresh(
    baseline: PipelineDocument | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    return loadOwnPipelines(this.options, baseline, signal);
  }

  /** By component. */
  async all(): Promise<OwnPipelineInForce[]> {
    const kept = await this.options.store.all();
    return kept.flatMap(({ componentRef, pipeline }) =>
      pipeline ? [{ ...pipeline, componentRef }] : [],
    );
  }

  async problems(): Promise<DocumentProblem[]> {
    return (await this.options.store.all()).flatMap(({ problems }) => problems);
  }

  /**
   * Nothing for a component that names none. Throws where it names one that is not in force: it could hold what is asked
   * for now. `whyUnread` says why nobody reads any.
   */
  async of(
    component: { ref: string; hasOwnPipeline?: boolean },
    whyUnread?: string,
  ): Promise<OwnPipelineInForce | undefined> {
    const kept = await this.options.store.get(component.ref);
    if (kept?.pipeline)
      return { ...kept.pipeline, componentRef: component.ref };
    if (kept)
      throw new ConflictError(
        `The pipeline of ${component.ref} has mistakes and no good version before them, so nobody can tell what it would hold: ${kept.problems.map(problemInWords).join('; ')}`,
      );
    if (component.hasOwnPipeline && whyUnread)
      throw new ConflictError(
        `The pipeline of ${component.ref} is not read: ${whyUnread}`,
      );
    if (component.hasOwnPipeline)
      throw new ServiceUnavailableError(
        `The pipeline of ${component.ref} has not been read yet; try again in a moment`,
      );
    return undefined;
  }
}
