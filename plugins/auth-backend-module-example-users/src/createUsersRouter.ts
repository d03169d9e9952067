import { Router } from 'express';
import type { ExampleUserDirectory } from './ExampleUserDirectory';
import { PROVIDER_ID } from './settings';

/** `GET /exampleUsers/users`, for the sign-in page: `{ items: ExampleUser[] }`. */
export function createUsersRouter(directory: ExampleUserDirectory): Router {
  const router = Router();
  router.get(`/${PROVIDER_ID}/users`, (_req, res, next) => {
    directory
      .list()
      .then(items => res.json({ items }))
      .catch(next);
  });
  return router;
}
