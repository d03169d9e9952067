import type { AuthService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const copy = z.object({
  id: z.string(),
  cpuSeconds: z.number().optional(),
  residentBytes: z.number().optional(),
});

const reading = z.object({
  since: z.number(),
  at: z.number(),
  targets: z.array(
    z.object({
      target: z.string(),
      arrived: z.number(),
      releases: z.array(z.object({ copies: z.array(copy) })),
    }),
  ),
});

/**
 * All counters of the embedded runtime at once. `at` is epoch milliseconds; readings that differ in `since` are of two
 * agents, and not to be compared.
 */
export type LoadReading = z.infer<typeof reading>;

/** Asks delivery's module for the embedded runtime what it has counted. */
export class LocalLoadClient {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: { getBaseUrl(pluginId: string): Promise<string> };
    },
  ) {}

  /** Throws `ResponseError` when it does not answer, as where the module is not installed. */
  async read(signal: AbortSignal): Promise<LoadReading> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'delivery',
    });
    const response = await fetch(
      `${await discovery.getBaseUrl('delivery')}/local/load`,
      { headers: { authorization: `Bearer ${token}` }, signal },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return reading.parse(await response.json());
  }
}
