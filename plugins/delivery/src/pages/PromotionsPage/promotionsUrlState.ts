/** What is listed, in the URL, with its defaults. Each of the two lists keeps its own page besides. */
export const promotionsUrlDefaults = { component: '', active: '' };

export type PromotionsUrlState = typeof promotionsUrlDefaults;
