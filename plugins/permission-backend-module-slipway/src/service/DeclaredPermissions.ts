import type {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootSystemMetadataService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { z } from 'zod';
import { remembered } from './remembered';

/** A permission with the plugin that declares it. */
export interface DeclaredPermission {
  name: string;
  pluginId: string;
  resourceType?: string;
  /** create, read, update, delete, or use where nothing is said. */
  action: string;
}

/** Milliseconds until a plugin that does not answer is left out. */
const TIMEOUT_MS = 5_000;

const metadataSchema = z.object({
  permissions: z.array(
    z.object({
      name: z.string(),
      resourceType: z.string().optional(),
      attributes: z.object({ action: z.string().optional() }).optional(),
    }),
  ),
});

/** Every permission that the installed plugins declare, as each tells at its well-known address. */
export class DeclaredPermissions {
  /** By plugin, then name. A plugin that does not answer is left out, with a warning in the log. */
  readonly list: () => Promise<DeclaredPermission[]>;

  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
      logger: LoggerService;
      system: RootSystemMetadataService;
      /** Milliseconds since the epoch. */
      now?: () => number;
    },
  ) {
    this.list = remembered(() => this.#readAll(), options.now);
  }

  async #readAll(): Promise<DeclaredPermission[]> {
    const plugins = await this.options.system.getInstalledPlugins();
    const ids = [...new Set(plugins.map(({ pluginId }) => pluginId))].sort();
    const declared = await Promise.all(
      ids.map(id =>
        this.#read(id).catch(error => {
          this.options.logger.warn(
            `Could not read which permissions the plugin ${id} declares; pages leave them out for now`,
            toError(error),
          );
          return [];
        }),
      ),
    );
    const byName = new Map<string, DeclaredPermission>();
    for (const permission of declared.flat()) {
      if (!byName.has(permission.name)) byName.set(permission.name, permission);
    }
    return [...byName.values()].sort(
      (a, b) =>
        a.pluginId.localeCompare(b.pluginId) || a.name.localeCompare(b.name),
    );
  }

  async #read(pluginId: string): Promise<DeclaredPermission[]> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: pluginId,
    });
    const response = await fetch(
      `${await discovery.getBaseUrl(pluginId)}/.well-known/backstage/permissions/metadata`,
      {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    const isJson = response.headers
      .get('content-type')
      ?.includes('application/json');
    // Most plugins declare no permissions, and a few answer every address with a page.
    if (response.status === 404 || (response.ok && !isJson)) return [];
    if (!response.ok) throw new Error(`It answered ${response.status}`);
    const { permissions } = metadataSchema.parse(await response.json());
    return permissions.map(({ name, resourceType, attributes }) => ({
      name,
      pluginId,
      ...(resourceType && { resourceType }),
      action: attributes?.action ?? 'use',
    }));
  }
}
