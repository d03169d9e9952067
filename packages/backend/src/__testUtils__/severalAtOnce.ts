/** Does the work for each item, six at a time. Asked one after the other, a portal waits a good part of the time. */
export async function severalAtOnce<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return results;
}
