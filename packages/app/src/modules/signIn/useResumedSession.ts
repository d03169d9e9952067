import type { IdentityApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/**
 * Signs in whoever was signed in before in this browser, trying the given ways in order. Returns true until
 * that is known. A way that fails counts as "nobody", since the page that follows offers it again.
 */
export function useResumedSession(
  ways: ReadonlyArray<() => Promise<IdentityApi | undefined>>,
  onSignInSuccess: (identity: IdentityApi) => void,
): boolean {
  const [resuming, setResuming] = useState(true);

  useEffect(() => {
    let unmounted = false;
    async function resume() {
      for (const way of ways) {
        const identity = await way().catch(() => undefined);
        if (unmounted) return;
        if (identity) {
          onSignInSuccess(identity);
          return;
        }
      }
      setResuming(false);
    }
    resume();
    return () => {
      unmounted = true;
    };
  }, [ways, onSignInSuccess]);

  return resuming;
}
