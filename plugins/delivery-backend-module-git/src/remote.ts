import { InputError } from '@backstage/errors';
import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  type ScmIntegration,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import gitUrlParse from 'git-url-parse';

/** Where git fetches from, and with which rights. */
export interface Remote {
  /** Begins with `https://`; without user and password. */
  url: string;
  /** To be sent with every request; secret. */
  headers(): Promise<Record<string, string>>;
  /** A page about a commit. */
  commitUrl(sha: string): string;
}

interface Host {
  headers(
    url: string,
    integrations: ScmIntegrationRegistry,
  ): Promise<Record<string, string>> | Record<string, string>;
  commitPath: string;
}

/** By the type of the integration. */
const hosts: Record<string, Host> = {
  github: {
    commitPath: '/commit/',
    headers: async (url, integrations) =>
      basic(
        'x-access-token',
        (
          await DefaultGithubCredentialsProvider.fromIntegrations(
            integrations,
          ).getCredentials({ url })
        ).token,
      ),
  },
  gitlab: {
    commitPath: '/-/commit/',
    headers: async (url, integrations) =>
      basic(
        'oauth2',
        (
          await DefaultGitlabCredentialsProvider.fromIntegrations(
            integrations,
          ).getCredentials({ url })
        ).token,
      ),
  },
  azure: {
    commitPath: '/commit/',
    headers: async (url, integrations) =>
      (
        await DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
          integrations,
        ).getCredentials({ url })
      )?.headers ?? {},
  },
  bitbucketCloud: {
    commitPath: '/commits/',
    headers: async (url, integrations) => {
      const { config } = integrations.bitbucketCloud.byUrl(url)!;
      return (await getBitbucketCloudRequestOptions(config)).headers;
    },
  },
  bitbucketServer: {
    commitPath: '/commits/',
    headers: (url, integrations) =>
      getBitbucketServerRequestOptions(
        integrations.bitbucketServer.byUrl(url)!.config,
      ).headers,
  },
  gitea: {
    commitPath: '/commit/',
    headers: (url, integrations) => {
      const { username = 'token', password } =
        integrations.gitea.byUrl(url)!.config;
      return basic(username, password);
    },
  },
};

/**
 * Where the repository of a source location is. Only hosts that the portal's administrators have named under
 * `integrations` are asked, so that nobody can point the backend at others. Throws `InputError`, for people.
 */
export function remoteOf(
  target: string,
  integrations: ScmIntegrationRegistry,
): Remote {
  const place = URL.canParse(target) ? new URL(target) : undefined;
  const integration = place && integrations.byUrl(place);
  if (!place || !integration)
    throw new InputError(
      `${place?.host || 'The source location'} is not among the portal's integrations; add it to \`integrations\` in its configuration`,
    );
  const host = hosts[integration.type];
  if (!host)
    throw new InputError(
      `The history of sources at ${integration.title} (${integration.type}) cannot be read`,
    );
  // What stands in a location must not be sent, or shown.
  place.username = '';
  place.password = '';
  const url = gitUrlParse.stringify(gitUrlParse(place.href), 'https');
  if (!url.startsWith(`https://${place.host}/`))
    throw new InputError(`${place.host}: no repository could be made out`);
  return {
    url,
    headers: async () => host.headers(place.href, integrations),
    commitUrl: sha =>
      `${pageOf(integration, url, place)}${host.commitPath}${sha}`,
  };
}

/** Bitbucket's own server shows a repository at another address than it serves it at. */
function pageOf({ type }: ScmIntegration, url: string, place: URL): string {
  return type === 'bitbucketServer'
    ? `${place.origin}${place.pathname.replace(/\/(browse|raw|commits)\b.*|\/$/, '')}`
    : url.replace(/\.git$/, '');
}

function basic(user: string, token?: string): Record<string, string> {
  if (!token) return {};
  const both = Buffer.from(`${user}:${token}`).toString('base64');
  return { Authorization: `Basic ${both}` };
}
