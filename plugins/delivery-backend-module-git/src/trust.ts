import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/**
 * Makes git trust what the backend trusts: Node's own authorities and those of `NODE_EXTRA_CA_CERTS`. Answers git's
 * settings for that; none where nothing was added, since the machine's own authorities do then.
 */
export function trusted(directory: string): Array<[string, string]> {
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  if (!extra) return [];
  const bundle = join(directory, 'authorities.pem');
  writeFileSync(
    bundle,
    [...rootCertificates, readFileSync(extra, 'utf8')].join('\n'),
  );
  return [['http.sslCAInfo', bundle]];
}
