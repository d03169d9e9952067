/** The inbox's state in the URL, with its defaults. */
export const approvalsUrlDefaults = {
  view: 'waitingForMe',
  id: '',
  cursor: '',
};

export const VIEWS = ['waitingForMe', 'mine', 'decided', 'reviews'] as const;
type ApprovalsView = (typeof VIEWS)[number];

/** The view that the URL names; the first for one that there is not. */
export function viewOf(name: string): ApprovalsView {
  return VIEWS.find(view => view === name) ?? VIEWS[0];
}
