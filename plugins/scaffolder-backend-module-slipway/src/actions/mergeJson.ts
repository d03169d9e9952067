import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readFile, writeFile } from 'node:fs/promises';
import { examples } from './mergeJson.examples';

export function createMergeJsonAction() {
  return createTemplateAction({
    id: 'slipway:workspace:merge-json',
    description:
      'Merges values into a JSON file of the workspace: objects key by key, everything else is replaced. What is not named stays, so that a template can change a file that people change too.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z => z.string({ description: 'The file within the workspace' }),
        content: z =>
          z.record(z.custom<JsonValue>(), {
            description: 'What to merge into it',
          }),
      },
    },
    async handler(ctx) {
      const file = resolveSafeChildPath(ctx.workspacePath, ctx.input.path);
      const text = await readFile(file, 'utf8').catch(error => {
        if (error.code !== 'ENOENT') throw error;
        throw new NotFoundError(
          `There is no file ${ctx.input.path} in the workspace`,
        );
      });
      const merged = merge(parse(text, ctx.input.path), ctx.input.content);
      await writeFile(file, `${JSON.stringify(merged, null, 2)}\n`);
      ctx.logger.info(
        `Changed ${Object.keys(ctx.input.content).join(', ')} in ${ctx.input.path}`,
      );
    },
  });
}

function parse(text: string, path: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path} is not valid JSON`, error);
  }
  if (!isObject(value)) throw new InputError(`${path} holds no JSON object`);
  return value;
}

function merge(base: JsonObject, change: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(change)) {
    const before = merged.get(key);
    merged.set(
      key,
      isObject(before) && isObject(value) ? merge(before, value) : value,
    );
  }
  return Object.fromEntries(merged);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
