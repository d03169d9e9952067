import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Paths of programs, as `delivery.kubernetes.binaries` names them. */
export interface Binaries {
  helm?: string;
  kubectl?: string;
  kustomize?: string;
}

/** Where a program is: as it is configured, else on the backend's `PATH`. */
export async function findBinary(
  name: keyof Binaries,
  binaries: Binaries,
): Promise<string | undefined> {
  const wanted = binaries[name];
  const candidates =
    wanted && isAbsolute(wanted)
      ? [wanted]
      : (process.env.PATH ?? '')
          .split(delimiter)
          .filter(Boolean)
          .map(folder => join(folder, wanted ?? name));
  for (const candidate of candidates)
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  return undefined;
}
