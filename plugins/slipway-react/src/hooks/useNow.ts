import { useEffect, useState } from 'react';

/**
 * The present instant in milliseconds, renewed so that ages and durations on a page stay true.
 *
 * @public
 */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
