import { ConflictError } from '@backstage/errors';
import type {
  AskWindowExceptionRequest,
  DeliveryWindow,
} from '@slipway/backstage-plugin-delivery-common';
import {
  durationInWords,
  durationMs,
  FieldError,
  jsonDigest,
} from '@slipway/backstage-plugin-slipway-node';
import type {
  ComponentFacts,
  EnvironmentFacts,
} from '../../catalog/CatalogReader';
import type { AskedApproval } from '../../domain/request/state';
import {
  exceptionApproval,
  longestException,
} from '../../domain/windows/exceptionApproval';
import { inUtc } from '../../domain/windows/inWords';
import { windowsToExcept } from '../../domain/windows/windowsToExcept';

/**
 * What people are asked to agree to. Throws `FieldError` for a time that cannot be, and `ConflictError` where there is
 * nothing to except, or a window takes no exceptions.
 */
export function askedException(
  request: AskWindowExceptionRequest,
  {
    component,
    environment,
  }: { component: ComponentFacts; environment: EnvironmentFacts },
  known: {
    windows: readonly DeliveryWindow[];
    requestedBy: string;
    now: number;
  },
): AskedApproval {
  const { reason } = request;
  const start = Date.parse(request.from);
  const end = Date.parse(request.until);
  if (end <= start || end <= known.now)
    throw new FieldError([
      {
        pointer: '/until',
        detail:
          end <= start ? 'must be after `from`' : 'must lie in the future',
      },
    ]);
  const windows = windowsToExcept(known.windows, { start, end });
  if (!windows.length)
    throw new ConflictError(
      `No window closes ${environment.name} for ${component.title} in that time`,
    );
  const firm = windows.filter(({ spec }) => !spec.exceptions);
  if (firm.length)
    throw new ConflictError(
      `${firm.map(titleOf).join(', ')}: takes no exceptions`,
    );
  const longest = durationMs(longestException(windows));
  if (end - start > longest)
    throw new FieldError([
      {
        pointer: '/until',
        detail: `may be at most ${durationInWords(longest)} after \`from\``,
      },
    ]);
  const from = new Date(start).toISOString();
  const until = new Date(end).toISOString();
  return {
    title: `Exception for ${component.title} in ${environment.name}`,
    description: reason,
    componentRef: component.ref,
    details: {
      environment: environment.name,
      from: inUtc(start),
      until: inUtc(end),
      windows: windows.map(titleOf).join(', '),
    },
    approval: exceptionApproval(windows, end - known.now),
    requestedBy: known.requestedBy,
    exception: {
      componentRef: component.ref,
      environmentRef: environment.ref,
      from,
      until,
      reason,
      windows: windows.map(window => ({
        name: window.metadata.name,
        title: titleOf(window),
        digest: jsonDigest(window),
      })),
    },
  };
}

function titleOf({ metadata }: DeliveryWindow): string {
  return metadata.title ?? metadata.name;
}
