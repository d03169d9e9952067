/**
 * Gives each seat at most one person and each person at most one seat, so that as many seats as possible are taken
 * (Kuhn's augmenting paths). `candidates[seat]` are the people who may have it.
 *
 * @returns for each seat the person who got it
 */
export function assignPeople(
  candidates: readonly (readonly number[])[],
): Array<number | undefined> {
  const seatOf = new Map<number, number>();
  for (let seat = 0; seat < candidates.length; seat++) place(seat, new Set());
  const taken: Array<number | undefined> = candidates.map(() => undefined);
  for (const [person, seat] of seatOf) taken[seat] = person;
  return taken;

  function place(seat: number, asked: Set<number>): boolean {
    for (const person of candidates[seat]) {
      if (asked.has(person)) continue;
      asked.add(person);
      const held = seatOf.get(person);
      // Whoever sits there moves, if there is another seat for that seat's need.
      if (held === undefined || place(held, asked)) {
        seatOf.set(person, seat);
        return true;
      }
    }
    return false;
  }
}
