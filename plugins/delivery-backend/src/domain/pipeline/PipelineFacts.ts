/** What the catalog has, as canonical references. */
export interface PipelineFacts {
  environments: ReadonlySet<string>;
  /** The people of every group, those of the groups below it too. */
  members: ReadonlyMap<string, readonly string[]>;
  users: ReadonlySet<string>;
}
