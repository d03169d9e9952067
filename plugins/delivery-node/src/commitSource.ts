/** Where the catalog says that a component's sources are: what it was registered with, not what a release says. @public */
export interface SourceLocation {
  /** Such as `url`. */
  type: string;
  /** Such as `https://github.com/shop/checkout/tree/main/`. */
  target: string;
}

/** @public */
export interface SourceCommit {
  sha: string;
  /** The first line of its message. */
  title: string;
  authorName: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** Where people read more. */
  url?: string;
}

/** Newest first; `total` also counts those that are left out. @public */
export interface SourceCommitList {
  total: number;
  items: SourceCommit[];
}

/** What lies between two commits. Both lists hold something where the two have parted. @public */
export interface SourceCommitRange {
  /** Reached from `to` and not from `from`. */
  added: SourceCommitList;
  /** Reached from `from` and not from `to`. */
  removed: SourceCommitList;
}

/**
 * Reads the history of sources. Asked when a person looks at what a release changes; what it answers is kept, since what
 * lies between two commits does not change.
 *
 * @public
 */
export interface DeliveryCommitSource {
  /** Unique among sources. */
  name: string;
  /** For people. */
  title: string;
  /** Whether it can read this place. The first source that can is asked. */
  reads(location: SourceLocation): boolean;
  /**
   * Commits are hexadecimal, possibly shortened. The message of an `InputError`, `NotFoundError`, `NotAllowedError` or
   * `ServiceUnavailableError` is shown to people: it holds no secret, and says what to do. Others go to the log.
   */
  between(
    range: { location: SourceLocation; from: string; to: string },
    context: {
      /** How many commits to list of each side. */
      limit: number;
      signal: AbortSignal;
    },
  ): Promise<SourceCommitRange>;
}
