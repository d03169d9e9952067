import type { CommitComparison } from '@slipway/backstage-plugin-delivery-common';
import type { ComponentFacts } from '../../catalog/CatalogReader';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import type { CommitReader } from './CommitReader';

/** The commits that lie between two releases of a component, or why nobody knows. */
export async function releaseCommits(
  from: ReleaseDocument | undefined,
  to: ReleaseDocument,
  component: ComponentFacts,
  reader: Pick<CommitReader, 'between'>,
): Promise<CommitComparison> {
  if (!from)
    return unknown('Nothing runs there that it could be compared with');
  const [before, after] = [from, to].map(({ provenance }) =>
    provenance.commit?.toLowerCase(),
  );
  if (!before || !after) {
    const silent = [...(before ? [] : [from]), ...(after ? [] : [to])];
    return unknown(
      `Nobody has said which commit ${silent.map(({ version }) => version).join(' and ')} ${silent.length === 1 ? 'was' : 'were'} built from; give it (provenance.commit) with each release`,
    );
  }
  const nothing = { total: 0, items: [] };
  if (before === after)
    return { state: 'known', added: nothing, removed: nothing };
  const { sourceLocation: location } = component;
  return location
    ? reader.between({ location, from: before, to: after })
    : unknown(
        `The catalog does not say where the sources of ${component.title} are; let it say so (backstage.io/source-location)`,
      );
}

function unknown(reason: string): CommitComparison {
  return { state: 'unknown', reason };
}
