import { InputError } from '@backstage/errors';
import type { ReleasedComponent } from '@slipway/backstage-plugin-delivery-node';
import gitUrlParse from 'git-url-parse';

/**
 * Which repositories a component's manifests may come from: the one where the catalog says that its sources are, and those
 * that the portal's administrators have named for all. Without this whoever may record releases of anything could have any
 * repository rendered, and shown, that the portal's integrations may read.
 */
export class AllowedRepositories {
  readonly #more: string[];

  /** @param more - addresses; one that ends with `/` stands for all under it. Throws `InputError` for what is none. */
  constructor(more: readonly string[]) {
    this.#more = more.map(address =>
      address.endsWith('/')
        ? addressOf(address).href.toLowerCase()
        : nameOf(address),
    );
  }

  /** Throws `InputError` naming the field, and what to do. */
  mustAllow(repository: string, component: ReleasedComponent): void {
    const name = nameOf(repository);
    const { ref, sourceLocation } = component;
    const own = sourceLocation && locationName(sourceLocation);
    const isAllowed =
      name === own ||
      this.#more.some(more =>
        more.endsWith('/') ? name.startsWith(more) : name === more,
      );
    if (isAllowed) return;
    throw new InputError(
      `repository: ${repository} is not the one of ${ref}, ${own ? `which is ${own}` : 'of which the catalog names none'}; correct its source location in the catalog, or name the repository in delivery.kubernetes.manifests.repositories`,
    );
  }
}

const local = 'slipway-repository';

/** One name for all addresses of a repository: of its folders, its branches, and with `.git`. */
function nameOf(address: string): string {
  if (address.startsWith(`${local}:`)) return address;
  const url = addressOf(address);
  const { full_name: path } = gitUrlParse(url.href);
  // Hosts take a repository's name in any case.
  return `https://${url.host}/${path}`.toLowerCase();
}

function addressOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // Written in any other way, it could be read as another repository than the one that was looked at.
  if (
    url?.protocol !== 'https:' ||
    ![address, `${address}/`].includes(`${url.origin}${url.pathname}`)
  )
    throw new InputError(
      `${url ? url.host : address} is not named as https://HOST/PATH or ${local}:NAME`,
    );
  return url;
}

function locationName({
  target,
  type,
}: NonNullable<ReleasedComponent['sourceLocation']>): string | undefined {
  if (type === local) return `${local}:${target}`;
  try {
    return type === 'url' ? nameOf(target) : undefined;
  } catch {
    // Whatever somebody has written there, it is the address of no repository.
    return undefined;
  }
}
