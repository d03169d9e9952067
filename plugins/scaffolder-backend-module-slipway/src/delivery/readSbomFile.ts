import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { readFile } from 'node:fs/promises';

/** A bill of materials in the workspace. Throws `InputError` when there is none, or no JSON object in it. */
export async function readSbomFile(
  workspacePath: string,
  sbomPath: string | undefined,
): Promise<JsonObject | undefined> {
  if (!sbomPath) return undefined;
  const text = await readFile(
    resolveSafeChildPath(workspacePath, sbomPath),
    'utf8',
  ).catch(() => {
    throw new InputError(
      `sbomPath: there is no file '${sbomPath}' in the workspace`,
    );
  });
  const sbom = parsed(text);
  if (typeof sbom !== 'object' || sbom === null || Array.isArray(sbom))
    throw new InputError(
      `sbomPath: '${sbomPath}' is not a bill of materials as JSON`,
    );
  return sbom as JsonObject;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
