import { useApi } from '@backstage/frontend-plugin-api';
import {
  describeError,
  type Query,
} from '@slipway/backstage-plugin-slipway-react';
import useSWR from 'swr';
import { accessApiRef, type AccessApi } from '../api/accessApi';

/** Roles come from the configuration and groups from the catalog; neither changes while somebody reads. */
function useRead<Data>(
  key: readonly unknown[] | null,
  read: (api: AccessApi) => Promise<Data>,
): Query<Data> {
  const api = useApi(accessApiRef);
  const { data, error, mutate } = useSWR<Data>(
    key ? ['access', ...key] : null,
    () => read(api),
    // A refusal stays one, and the page has a retry button; a portal that is busy may answer in a moment.
    { shouldRetryOnError: mayPass, revalidateOnFocus: false },
  );
  return { data, error, retry: () => void mutate() };
}

function mayPass(error: unknown): boolean {
  const { status } = describeError(error);
  return status !== undefined && status >= 500;
}

/** The roles, with who has them. */
export function useRoles() {
  return useRead(['roles'], api => api.listRoles());
}

/** Everybody, or only the reader, with their roles. */
export function usePeople() {
  return useRead(['people'], api => api.listPeople());
}

/** What can be done, with the rules that allow it. */
export function useActions() {
  return useRead(['actions'], api => api.listActions());
}

/** Why somebody may or may not do something; nothing until both are known. */
export function useExplanation(question: {
  user: string;
  action: string;
  component: string;
  environment: string;
}) {
  const { user, action, component, environment } = question;
  const isAsked = Boolean(user && action);
  return useRead(
    isAsked ? ['explanation', user, action, component, environment] : null,
    api =>
      api.explain({
        userEntityRef: user,
        permission: action,
        ...(component && { componentRef: component }),
        ...(environment && { environmentRef: environment }),
      }),
  );
}
