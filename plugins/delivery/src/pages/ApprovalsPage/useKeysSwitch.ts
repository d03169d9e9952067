import { useState } from 'react';

const STORAGE_KEY = 'slipway.delivery.approvals.keys';

function stored(): string | null {
  try {
    return window.localStorage.getItem(STORAGE_KEY);
  } catch {
    // Browsers may forbid it; then the switch lasts as long as the page.
    return null;
  }
}

/** Whether the keys of the inbox are on, kept in this browser. Single letters get in the way of speech input. */
export function useKeysSwitch(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => stored() !== 'off');
  return [
    on,
    next => {
      setOn(next);
      try {
        window.localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off');
      } catch {
        // See above.
      }
    },
  ];
}
