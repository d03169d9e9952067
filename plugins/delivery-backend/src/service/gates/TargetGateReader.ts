import {
  pipelineReadPermission,
  type TargetGates,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  Authorizer,
  Caller,
} from '@slipway/backstage-plugin-slipway-node';
import type { CatalogReader } from '../../catalog/CatalogReader';
import { closedInWords, openInWords } from '../../domain/windows/inWords';
import { findTarget } from '../findTarget';
import type { GateFactsReader } from './GateFactsReader';

/** What a change of a target has to go through that is no release: who must agree, and when it may happen. */
export class TargetGateReader {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      facts: GateFactsReader;
    },
  ) {}

  async read(
    target: { componentRef: string; environmentRef: string },
    caller: Caller,
  ): Promise<TargetGates> {
    const { authorizer, catalog, facts } = this.options;
    await authorizer.require(pipelineReadPermission, caller.credentials);
    const { component, environment } = await findTarget(
      catalog,
      target,
      caller.credentials,
    );
    const { pipeline, stage } = await facts.placeOf(component, environment.ref);
    const windows = await facts.windows(component, environment);
    return {
      ...(pipeline &&
        stage && {
          pipeline: {
            name: pipeline.name,
            title: pipeline.title,
            digest: pipeline.digest,
            stage: stage.name,
          },
        }),
      approvals: (stage?.gates ?? []).flatMap(({ approval }) => {
        if (!approval) return [];
        // A change that is no release has no authors.
        const { excludeAuthors: _excludeAuthors, ...asked } = approval;
        return [asked];
      }),
      windows: windows
        ? {
            open: windows.open,
            message: windows.open
              ? openInWords(windows)
              : closedInWords(windows),
            ...(windows.until !== undefined && {
              until: new Date(windows.until).toISOString(),
            }),
          }
        : { open: true, message: 'No window fits' },
    };
  }
}
