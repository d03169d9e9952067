import { useState } from 'react';
import type { ActionOutcome } from './useSteering';

/** An action that is asked about before it is taken: which one, and what became of the last attempt. */
export function useAskedAction<Item, Action extends string>(
  act: (action: Action, reason?: string) => Promise<ActionOutcome<Item>>,
  /** Called with what is there after an action, or with a newer state that was met on the way. */
  onItem: (item: Item) => void,
) {
  const [asking, setAsking] = useState<Action>();
  const [error, setError] = useState<unknown>();
  const [changed, setChanged] = useState(false);
  const forget = () => {
    setError(undefined);
    setChanged(false);
  };
  return {
    asking,
    error,
    /** It moved on meanwhile, so nothing was done. */
    changed,
    ask: (action: Action | undefined) => {
      forget();
      setAsking(action);
    },
    take: async (action: Action, reason?: string) => {
      forget();
      const outcome = await act(action, reason);
      if (outcome.kind === 'failed') {
        setError(outcome.error);
        return;
      }
      if (outcome.kind === 'done') setAsking(undefined);
      else setChanged(true);
      onItem(outcome.item);
    },
  };
}
