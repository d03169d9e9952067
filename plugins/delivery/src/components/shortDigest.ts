/** Enough of a digest to tell releases apart by eye. */
export function shortDigest(digest: string): string {
  const [, algorithm, rest] = /^(sha256:|sha512-)(.+)$/.exec(digest) ?? [
    '',
    '',
    digest,
  ];
  return `${algorithm}${rest.slice(0, 12)}…`;
}
