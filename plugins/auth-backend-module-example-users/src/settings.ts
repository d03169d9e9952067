import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';

/** The id of the provider: in the config, in the paths of its endpoints and in the portal. */
export const PROVIDER_ID = 'exampleUsers';

const PATH = `auth.providers.${PROVIDER_ID}`;

interface ExampleUserSettings {
  /** Full entity references of those who may be chosen; undefined lets every user of the catalog be chosen. */
  users?: readonly string[];
}

export type Settings =
  | { enabled: true; settings: ExampleUserSettings }
  /** `reason` is a sentence for the log. */
  | { enabled: false; reason: string };

/**
 * Reads whether sign-in as an example user was asked for.
 *
 * Throws an InputError if it was asked for in production (`nodeEnv` is `production`), or if a listed user
 * is no user reference.
 */
export function readSettings(
  config: Config,
  nodeEnv: string | undefined,
): Settings {
  if (config.getOptionalBoolean(`${PATH}.enabled`) !== true) {
    return {
      enabled: false,
      reason:
        `Sign-in as an example user is off. Set ${PATH}.enabled to true to have it in development, ` +
        'or take @slipway/backstage-plugin-auth-backend-module-example-users out of the backend.',
    };
  }
  if (nodeEnv === 'production') {
    throw new InputError(
      `${PATH}.enabled is true and NODE_ENV is production. Example users sign in without a password, so ` +
        `this backend does not start. Remove ${PATH} from the config (null does, in a later config file), ` +
        'or take @slipway/backstage-plugin-auth-backend-module-example-users out of the backend.',
    );
  }
  const users = config
    .getOptionalStringArray(`${PATH}.users`)
    ?.map(readUserRef);
  return { enabled: true, settings: { users } };
}

function readUserRef(text: string, index: number): string {
  const at = `${PATH}.users[${index}]`;
  try {
    const ref = parseEntityRef(text, { defaultKind: 'user' });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      throw new Error(`"${text}" is not a user`);
    }
    return stringifyEntityRef(ref);
  } catch (error) {
    throw new InputError(
      `${at} must be a user such as "user:default/ana": ${toError(error).message}`,
    );
  }
}
