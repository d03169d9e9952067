/** Waits until all have ended, also those that join meanwhile, but no longer than `ms`. */
export async function settledWithin(
  running: ReadonlySet<Promise<void>>,
  ms: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<'up'>(resolve => {
    timer = setTimeout(() => resolve('up'), ms);
  });
  while (running.size > 0) {
    if ((await Promise.race([Promise.all(running), timeUp])) === 'up') {
      break;
    }
  }
  clearTimeout(timer);
}
