/**
 * Whether one resourceVersion of a kind is as new as another one. Kubernetes counts them, and says so since 1.35; what is
 * no number cannot be compared and is taken for older.
 */
export function isAtLeast(seen: string | undefined, wanted: string): boolean {
  if (seen === wanted) return true;
  if (!seen || !/^\d+$/.test(seen) || !/^\d+$/.test(wanted)) return false;
  return BigInt(seen) >= BigInt(wanted);
}
