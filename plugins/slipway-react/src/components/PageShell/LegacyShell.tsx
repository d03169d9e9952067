import { createContext, useContext, type ReactNode } from 'react';

const Context = createContext(false);

/**
 * Marks the pages of an app on the old frontend system.
 *
 * @public
 */
export function LegacyShell({ children }: { children: ReactNode }) {
  return <Context.Provider value>{children}</Context.Provider>;
}

/** Whether pages have to draw their header themselves. */
export function useLegacyShell(): boolean {
  return useContext(Context);
}
