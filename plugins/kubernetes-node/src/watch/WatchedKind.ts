/** A kind of object, as it is watched in a namespace. @public */
export interface WatchedKind<T extends WatchedObject> {
  /** Such as `apis/apps/v1`. */
  api: string;
  /** Such as `deployments`. */
  plural: string;
  /** Which of them; all when left out. */
  labelSelector?: string;
  /** What is kept in memory of an object: its `metadata` needs `name`, `uid` and `resourceVersion`. */
  keep(object: T): T;
  /** By which objects are asked for, such as what they belong to. */
  groupOf(object: T): string;
}

/** As the API server sends it in JSON: times are texts. @public */
export interface WatchedObject {
  metadata?: {
    name?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<{ uid: string; controller?: boolean }>;
  };
}
