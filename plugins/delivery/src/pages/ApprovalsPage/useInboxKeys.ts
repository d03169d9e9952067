import { useEffect, useRef, type RefObject } from 'react';

/** Where keys belong to what is written or chosen, or to the dialog that is open. */
const BUSY =
  'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"], [role="dialog"]';

interface InboxKeys {
  move: (step: 1 | -1) => void;
  approve: () => void;
  reject: () => void;
  help: () => void;
}

/**
 * The keys of the inbox. Letters work wherever nothing is written, arrows only within the list, because elsewhere they
 * scroll the page.
 */
export function useInboxKeys(
  enabled: boolean,
  list: RefObject<HTMLElement>,
  keys: InboxKeys,
) {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      if (event.altKey || !(target instanceof Element)) return;
      if (target.closest(BUSY) || document.querySelector('[role="dialog"]'))
        return;
      const isInList = list.current?.contains(target) ?? false;
      const act: Record<string, (() => void) | undefined> = {
        j: () => current.current.move(1),
        k: () => current.current.move(-1),
        a: () => current.current.approve(),
        r: () => current.current.reject(),
        '?': () => current.current.help(),
        ...(isInList && {
          ArrowDown: () => current.current.move(1),
          ArrowUp: () => current.current.move(-1),
        }),
      };
      const action = act[key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled, list]);
}
