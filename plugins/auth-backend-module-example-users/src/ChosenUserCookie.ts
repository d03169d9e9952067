import type { CookieOptions, Request, Response } from 'express';
import { PROVIDER_ID } from './settings';

const NAME = `${PROVIDER_ID}-user`;

/**
 * Remembers who was chosen, so that reloading a page does not sign out. The reference of the user is all
 * there is in it: whoever can send the cookie could as well choose that user.
 */
export class ChosenUserCookie {
  readonly #options: CookieOptions;

  /** `authBaseUrl` is where browsers reach the auth plugin. */
  constructor(authBaseUrl: string) {
    const { pathname, protocol } = new URL(authBaseUrl);
    this.#options = {
      httpOnly: true,
      sameSite: 'lax',
      secure: protocol === 'https:',
      path: `${pathname.replace(/\/$/, '')}/${PROVIDER_ID}`,
    };
  }

  read(req: Request): string | undefined {
    const value: unknown = req.cookies?.[NAME];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  write(res: Response, userEntityRef: string) {
    res.cookie(NAME, userEntityRef, this.#options);
  }

  clear(res: Response) {
    res.clearCookie(NAME, this.#options);
  }
}
