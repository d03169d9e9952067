/** Characters that the API asks of a reason at least. */
export const SHORTEST_REASON = 3;
