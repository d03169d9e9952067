// What says which file and version is meant, at the hosts that say it there.
const harmless = new Set(['at', 'path', 'ref', 'version']);

/** A URL without user, password, fragment, and everything in its query that could be a token. */
export function urlWithoutSecrets(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return '(not a URL)';
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of [...url.searchParams.keys()])
    if (!harmless.has(name)) url.searchParams.delete(name);
  return url.toString();
}

/** The same of every URL in a text. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s'"<>]+/g, urlWithoutSecrets);
}
