import { InputError } from '@backstage/errors';
import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  getGiteaRequestOptions,
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
    headers: (url, integrations) =>
      getGiteaRequestOptions(integrations.gitea.byUrl(url)!.config).headers ??
      {},
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
  const integration = URL.canParse(target)
    ? integrations.byUrl(target)
    : undefined;
  if (!integration)
    throw new InputError(
      `${hostOf(target)} is not among the portal's integrations; add it to \`integrations\` in its configuration`,
    );
  const host = hosts[integration.type];
  if (!host)
    throw new InputError(
      `The history of sources at ${integration.title} (${integration.type}) cannot be read`,
    );
  const parsed = gitUrlParse(target);
  // What stands in a location must not be sent, or shown.
  parsed.user = '';
  parsed.token = '';
  const url = gitUrlParse.stringify(parsed, 'https');
  if (!url.startsWith('https://') || new URL(url).host !== new URL(target).host)
    throw new InputError(`${hostOf(target)}: no repository could be made out`);
  return {
    url,
    headers: async () => onlyText(await host.headers(target, integrations)),
    commitUrl: sha =>
      `${pageOf(integration, url, target)}${host.commitPath}${sha}`,
  };
}

/** Bitbucket's own server shows a repository at another address than it serves it at. */
function pageOf({ type }: ScmIntegration, url: string, target: string): string {
  return type === 'bitbucketServer'
    ? target.replace(/\/(browse|raw|commits).*$/, '').replace(/\/$/, '')
    : url;
}

function basic(user: string, token?: string): Record<string, string> {
  if (!token) return {};
  const both = Buffer.from(`${user}:${token}`).toString('base64');
  return { Authorization: `Basic ${both}` };
}

/** What a header cannot hold would be read by git as something else. */
function onlyText(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => value && !/[\r\n]/.test(`${name}${value}`),
    ),
  );
}

function hostOf(target: string): string {
  return URL.canParse(target) ? new URL(target).host : 'The source location';
}
