import { InputError } from '@backstage/errors';

// What the API server takes for the name of a variable; newer ones take more, and shells less.
const variableName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Throws `InputError` for what cannot be an environment variable of a container. @public */
export function checkVariables(variables: Record<string, string>): void {
  if ('PORT' in variables)
    throw new InputError(
      "The runtime sets PORT itself, from the artifact's port; remove it from the release's configuration",
    );
  for (const [name, value] of Object.entries(variables)) {
    if (!variableName.test(name))
      throw new InputError(
        `configuration.values.${name}: Kubernetes takes letters, digits, '_', '-' and '.' in the name of a variable, and no digit at its beginning`,
      );
    if (value.includes('\0'))
      throw new InputError(
        `configuration.values.${name} holds a NUL character, which no environment variable can`,
      );
  }
}
