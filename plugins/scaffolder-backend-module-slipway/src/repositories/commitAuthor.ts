import { parseEntityRef, type UserEntity } from '@backstage/catalog-model';

export interface CommitAuthor {
  name: string;
  email: string;
}

/** The person who runs the task, as git wants them. */
export function commitAuthor(
  user: { entity?: UserEntity; ref?: string } | undefined,
): CommitAuthor {
  const profile = user?.entity?.spec?.profile;
  const login = user?.ref ? parseEntityRef(user.ref).name : 'slipway';
  return {
    name: clean(profile?.displayName) || clean(login),
    // RFC 2606 keeps `.invalid` free, so this can never be somebody's address.
    email:
      clean(profile?.email) || `${clean(login)}@users.noreply.slipway.invalid`,
  };
}

/** These end a name or an address in a commit. */
function clean(text: string | undefined): string {
  // eslint-disable-next-line no-control-regex
  return (text ?? '').replace(/[<>\u0000-\u001f\u007f]/g, '').trim();
}
