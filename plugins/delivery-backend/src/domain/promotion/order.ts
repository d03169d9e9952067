/** A component, and what it depends on. */
export interface Dependent {
  ref: string;
  dependsOn: string[];
}

/** A component, and those of the set that go before it. */
export interface Ordered<T> {
  item: T;
  after: string[];
}

/**
 * What others depend on comes first; beside that the order stays. Dependencies outside of the set do not matter.
 * Answers the names around a circle, the first one again at the end, when there is one.
 */
export function orderByDependency<T extends Dependent>(
  items: T[],
): { ordered: Ordered<T>[] } | { circle: string[] } {
  const byRef = new Map(items.map(item => [item.ref, item]));
  const ordered: Ordered<T>[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (item: T): string[] | undefined => {
    const at = path.indexOf(item.ref);
    if (at !== -1) return [...path.slice(at), item.ref];
    if (done.has(item.ref)) return undefined;
    path.push(item.ref);
    const after = [...new Set(item.dependsOn)].filter(ref => byRef.has(ref));
    for (const ref of after) {
      const circle = visit(byRef.get(ref) as T);
      if (circle) return circle;
    }
    path.pop();
    done.add(item.ref);
    ordered.push({ item, after });
    return undefined;
  };
  for (const item of items) {
    const circle = visit(item);
    if (circle) return { circle };
  }
  return { ordered };
}
