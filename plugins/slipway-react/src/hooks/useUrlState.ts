import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Table state that lives in the URL, so that a page can be shared, reloaded and gone back to. Values that equal their
 * default are left out of the URL. `prefix` keeps apart several tables on one page. `push` makes a change one that the
 * browser's Back button takes back.
 *
 * @public
 */
export function useUrlState<T extends Record<string, string>>(
  defaults: T,
  prefix = '',
): [T, (patch: Partial<T>, options?: { push?: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const serialized = params.toString();
  const state = useMemo(() => {
    const current = new URLSearchParams(serialized);
    return Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [
        name,
        current.get(prefix + name) ?? value,
      ]),
    ) as T;
  }, [serialized, defaults, prefix]);

  const change = useCallback(
    (patch: Partial<T>, options: { push?: boolean } = {}) =>
      setParams(
        previous => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(patch)) {
            if (value === undefined || value === defaults[name]) {
              next.delete(prefix + name);
            } else {
              next.set(prefix + name, value);
            }
          }
          return next;
        },
        { replace: !options.push },
      ),
    [setParams, defaults, prefix],
  );
  return [state, change];
}
