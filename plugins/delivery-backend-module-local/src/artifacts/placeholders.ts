import { InputError } from '@backstage/errors';

// What people write out of habit, and what no shell is there to replace.
const mistaken = /\$\{?(PORT|HOST)\b\}?|\{\s*(PORT|HOST)\s*\}/i;
const known = /\{(port|host)\}/g;

/** Throws `InputError` for a part of a command that means the port or host, but would be handed over as it stands. */
export function checkPlaceholders(parts: unknown, field: string): void {
  if (!Array.isArray(parts)) return;
  parts.map(String).forEach((part, index) => {
    const [found] = mistaken.exec(part.replace(known, '')) ?? [];
    if (found)
      throw new InputError(
        `${field}[${index}] holds '${found}', which no shell replaces; write ${/port/i.test(found) ? '{port}' : '{host}'}`,
      );
  });
}
