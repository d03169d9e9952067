import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import type { ExampleUser, ExampleUsersClient } from './ExampleUsersClient';

/** How often an empty list is asked for again, in milliseconds: the catalog fills within seconds after a start. */
const ASK_AGAIN_MS = 2000;

/** Loads the example users; asks again while the catalog has none, and stops at an error until `retry` is called. */
export function useExampleUsers(client: ExampleUsersClient): {
  users?: ExampleUser[];
  error?: Error;
  retry(): void;
} {
  const [users, setUsers] = useState<ExampleUser[]>();
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let unmounted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function load() {
      try {
        const items = await client.list();
        if (unmounted) return;
        setUsers(items);
        if (items.length === 0) {
          timer = setTimeout(load, ASK_AGAIN_MS);
        }
      } catch (cause) {
        if (!unmounted) setError(toError(cause));
      }
    }
    load();
    return () => {
      unmounted = true;
      clearTimeout(timer);
    };
  }, [client, attempt]);

  const retry = useCallback(() => {
    setError(undefined);
    setAttempt(count => count + 1);
  }, []);
  return { users, error, retry };
}
