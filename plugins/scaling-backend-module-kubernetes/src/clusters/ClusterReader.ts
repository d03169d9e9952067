import {
  type ClusterDirectory,
  ClusterResponseError,
  inWords,
  type Place,
} from '@slipway/backstage-plugin-kubernetes-node';

interface Kind {
  /** Such as `apis/apps/v1`. */
  api: string;
  plural: string;
}

/** Reads lists of objects, and says in words why it cannot. */
export class ClusterReader {
  constructor(private readonly clusters: ClusterDirectory) {}

  /** All objects of a kind in a namespace. */
  async list<T>(place: Place, kind: Kind, signal: AbortSignal): Promise<T[]> {
    return this.#read<T>(place, kind, signal).catch(error => {
      throw inWords(error, place);
    });
  }

  /** The same for a kind that clusters may not have: then there is none of it. */
  async listOptional<T>(
    place: Place,
    kind: Kind,
    signal: AbortSignal,
  ): Promise<T[]> {
    return this.#read<T>(place, kind, signal).catch(error => {
      if (error instanceof ClusterResponseError && error.status === 404)
        return [];
      throw inWords(error, place);
    });
  }

  /**
   * The same for what only adds to the picture: `undefined` where the role of an older version may not list it, rather than
   * no picture at all.
   */
  async listAllowed<T>(
    place: Place,
    kind: Kind,
    signal: AbortSignal,
  ): Promise<T[] | undefined> {
    return this.#read<T>(place, kind, signal).catch(error => {
      if (error instanceof ClusterResponseError && error.status === 403)
        return undefined;
      throw inWords(error, place);
    });
  }

  async #read<T>(
    { cluster, namespace }: Place,
    { api, plural }: Kind,
    signal: AbortSignal,
  ): Promise<T[]> {
    const client = await this.clusters.connect(cluster, signal);
    const { items } = await client.get<{ items: T[] }>(
      `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`,
    );
    return items;
  }
}
