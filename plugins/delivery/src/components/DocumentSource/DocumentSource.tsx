import { Link } from '@backstage/core-components';

/** Where a document was read: a link where a browser can go there. */
export function DocumentSource({ source }: { source: string }) {
  return /^https?:\/\//.test(source) ? (
    <Link to={source}>{source}</Link>
  ) : (
    <span>{source}</span>
  );
}
