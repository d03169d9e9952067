/**
 * Characters that a reason has at least: what the delivery API asks of it. The scaling API takes a single one, but a
 * reason is the same thing to people everywhere.
 *
 * @public
 */
export const SHORTEST_REASON = 3;
