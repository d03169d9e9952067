/** Whether JSON goes down further than so many lists and objects. Needs no stack, however deep it goes. */
export function isNestedDeeperThan(levels: number, json: unknown): boolean {
  let level = [json].filter(isParent);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true;
    level = level.flatMap(parent => Object.values(parent).filter(isParent));
  }
  return false;
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
