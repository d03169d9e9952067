/** A container image's reference, taken apart. */
export interface ImageReference {
  /** Registry and repository, such as `ghcr.io/acme/shop`. */
  name: string;
  tag?: string;
  /** Such as `sha256:…`. */
  digest?: string;
}

// The grammar of distribution/reference, which every container engine follows.
const domain =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?';
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const reference = new RegExp(
  `^((?:${domain}/)?${component}(?:/${component})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$`,
);

/** `undefined` for what is no reference of an image. */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = reference.exec(text);
  if (!match) return undefined;
  const [, name, tag, digest] = match;
  return { name, ...(tag && { tag }), ...(digest && { digest }) };
}
