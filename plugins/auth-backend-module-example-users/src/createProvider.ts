import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
} from '@backstage/errors';
import {
  prepareBackstageIdentityResponse,
  type AuthProviderRouteHandlers,
  type AuthResolverContext,
  type ClientAuthResponse,
  type ProfileInfo,
} from '@backstage/plugin-auth-node';
import type { Entity } from '@backstage/catalog-model';
import type { Request, Response } from 'express';
import { ChosenUserCookie } from './ChosenUserCookie';
import type { ExampleUserDirectory } from './ExampleUserDirectory';

/**
 * The routes of the provider below `/api/auth/exampleUsers`:
 *
 * - `POST /refresh` with `{ "userEntityRef": "user:default/ana" }` signs in as that user and remembers it in a cookie;
 * - `GET /refresh` goes on as the remembered user, 401 if there is none;
 * - `POST /logout` forgets the user.
 *
 * All want `X-Requested-With: XMLHttpRequest`, which a page of another origin cannot send without the
 * backend's CORS rules saying so; 401 without it.
 */
export function createProvider(options: {
  directory: ExampleUserDirectory;
  resolverContext: AuthResolverContext;
  baseUrl: string;
}): AuthProviderRouteHandlers {
  const { directory, resolverContext } = options;
  const cookie = new ChosenUserCookie(options.baseUrl);

  return {
    async start() {
      throw new NotImplementedError(
        'Example users are chosen on the sign-in page; there is no page to be sent to',
      );
    },
    async frameHandler() {
      throw new NotImplementedError(
        'Example users are chosen on the sign-in page; there is no page to come back from',
      );
    },
    async refresh(req, res) {
      requireOwnPage(req);
      const userEntityRef =
        req.method === 'POST' ? readChoice(req.body) : cookie.read(req);
      if (!userEntityRef) {
        throw new AuthenticationError('No example user has been chosen yet');
      }
      const session = await signIn(userEntityRef).catch(error => {
        cookie.clear(res);
        throw error;
      });
      cookie.write(res, userEntityRef);
      res.status(200).json(session);
    },
    async logout(req: Request, res: Response) {
      requireOwnPage(req);
      cookie.clear(res);
      res.status(204).end();
    },
  };

  async function signIn(
    userEntityRef: string,
  ): Promise<ClientAuthResponse<undefined>> {
    if (!directory.allows(userEntityRef)) {
      throw new NotAllowedError(
        `${userEntityRef} is not among auth.providers.exampleUsers.users`,
      );
    }
    const { entity } = await findUser(userEntityRef);
    const identity = await resolverContext.signInWithCatalogUser({
      entityRef: userEntityRef,
    });
    return {
      profile: profileOf(entity),
      providerInfo: undefined,
      backstageIdentity: prepareBackstageIdentityResponse(identity),
    };
  }

  async function findUser(userEntityRef: string) {
    try {
      return await resolverContext.findCatalogUser({
        entityRef: userEntityRef,
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') {
        throw new NotFoundError(`There is no ${userEntityRef} in the catalog`);
      }
      throw error;
    }
  }
}

function requireOwnPage(req: Request) {
  if (req.header('X-Requested-With') !== 'XMLHttpRequest') {
    throw new AuthenticationError('Invalid X-Requested-With header');
  }
}

function readChoice(body: unknown): string {
  const text =
    typeof body === 'object' && body !== null && 'userEntityRef' in body
      ? body.userEntityRef
      : undefined;
  if (typeof text !== 'string') {
    throw new InputError(
      'userEntityRef must be the reference of a user, such as "user:default/ana"',
    );
  }
  try {
    const ref = parseEntityRef(text);
    if (ref.kind.toLocaleLowerCase('en-US') === 'user') {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Said below, for both.
  }
  throw new InputError(
    'userEntityRef must be the reference of a user, such as "user:default/ana"',
  );
}

function profileOf(user: Entity): ProfileInfo {
  const profile = user.spec?.profile;
  if (!profile || typeof profile !== 'object' || Array.isArray(profile)) {
    return { displayName: user.metadata.title ?? user.metadata.name };
  }
  const text = (value: unknown) =>
    typeof value === 'string' ? value : undefined;
  return {
    displayName: text(profile.displayName) ?? user.metadata.name,
    email: text(profile.email),
    picture: text(profile.picture),
  };
}
