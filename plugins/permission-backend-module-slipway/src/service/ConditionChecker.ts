import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import type { RuleCondition } from '../domain/conditions';

/** One condition to be asked of one resource. */
export interface ConditionQuestion {
  pluginId: string;
  resourceRef: string;
  condition: RuleCondition;
}

/** Milliseconds to wait for the plugin that owns the resources. */
const TIMEOUT_MS = 10_000;

const answerSchema = z.object({
  items: z.array(z.object({ id: z.string(), result: z.string() })),
});

/** Has conditions evaluated by the plugin that owns the resource, as the permission backend does. */
export class ConditionChecker {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
      logger: LoggerService;
    },
  ) {}

  /** Whether each holds. Throws `ServiceUnavailableError` naming a plugin that does not answer. */
  async check(
    questions: readonly ConditionQuestion[],
  ): Promise<Map<RuleCondition, boolean>> {
    const answers = new Map<RuleCondition, boolean>();
    for (const pluginId of new Set(questions.map(each => each.pluginId))) {
      const asked = questions.filter(each => each.pluginId === pluginId);
      try {
        const results = await this.#ask(pluginId, asked);
        asked.forEach(({ condition }, index) =>
          answers.set(
            condition,
            results.get(String(index)) === AuthorizeResult.ALLOW,
          ),
        );
      } catch (error) {
        this.options.logger.warn(
          `The plugin ${pluginId} could not check conditions`,
          toError(error),
        );
        throw new ServiceUnavailableError(
          `The plugin ${pluginId}, which knows whether the conditions hold, does not answer; try again later`,
        );
      }
    }
    return answers;
  }

  async #ask(
    pluginId: string,
    questions: readonly ConditionQuestion[],
  ): Promise<Map<string, string>> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: pluginId,
    });
    const response = await fetch(
      `${await discovery.getBaseUrl(pluginId)}/.well-known/backstage/permissions/apply-conditions`,
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          items: questions.map(({ resourceRef, condition }, index) => ({
            id: String(index),
            resourceRef,
            resourceType: condition.resourceType,
            conditions: condition,
          })),
        }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    if (!response.ok) throw new Error(`It answered ${response.status}`);
    const { items } = answerSchema.parse(await response.json());
    return new Map(items.map(({ id, result }) => [id, result]));
  }
}
