import {
  type Document,
  isMap,
  isNode,
  isScalar,
  type LineCounter,
  type Node,
} from 'yaml';

/** The line of the field of a YAML document that a JSON pointer names, or of the nearest one around it that is there. */
export function lineOf(
  document: Document.Parsed,
  pointer: string,
  lines: LineCounter,
): number | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const key = keyOf(document, path.slice(0, length));
    return lines.linePos((key ?? node).range?.[0] ?? node.range[0]).line;
  }
  return undefined;
}

/** A field is where its name is; what it holds may begin a line further down. */
function keyOf(document: Document.Parsed, path: string[]): Node | undefined {
  const around = document.getIn(path.slice(0, -1), true);
  if (!path.length || !isMap(around)) return undefined;
  const key = around.items.find(
    pair => isScalar(pair.key) && String(pair.key.value) === path.at(-1),
  )?.key;
  return isNode(key) ? key : undefined;
}
