/**
 * How far targets have been written from here: nothing older than that may be taken for how they are. Kinds are plural, such
 * as `services`.
 *
 * @public
 */
export class OwnWrites {
  readonly #versions = new Map<string, string>();

  note(
    target: string,
    kind: string,
    resourceVersion: string | undefined,
  ): void {
    if (resourceVersion)
      this.#versions.set(`${kind} ${target}`, resourceVersion);
  }

  of(target: string, kind: string): string | undefined {
    return this.#versions.get(`${kind} ${target}`);
  }

  /** It has been seen, and what has been seen does not grow older. */
  forget(
    target: string,
    kind: string,
    resourceVersion: string | undefined,
  ): void {
    if (this.of(target, kind) === resourceVersion)
      this.#versions.delete(`${kind} ${target}`);
  }
}
