import { request } from '@playwright/test';

const baseURL = 'http://localhost:3017';

/** A new portal answers before its catalog has read the example organisation; people would wait for it. */
export default async function globalSetup(): Promise<void> {
  const portal = await request.newContext({
    baseURL,
    extraHTTPHeaders: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  try {
    const deadline = Date.now() + 120_000;
    let missing = 'no answer yet';
    while (Date.now() < deadline) {
      missing = await whatIsMissing(portal).catch(String);
      if (!missing) return;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    throw new Error(`The catalog did not become complete: ${missing}`);
  } finally {
    await portal.dispose();
  }
}

type Portal = Awaited<ReturnType<typeof request.newContext>>;

async function whatIsMissing(portal: Portal): Promise<string> {
  const signedIn = await portal.post('/api/auth/exampleUsers/refresh', {
    data: { userEntityRef: 'user:default/eva' },
  });
  if (!signedIn.ok()) return `signing in answers ${signedIn.status()}`;
  const { backstageIdentity } = await signedIn.json();
  const facets = await portal.get(
    '/api/catalog/entity-facets?facet=kind&facet=spec.type',
    { headers: { Authorization: `Bearer ${backstageIdentity.token}` } },
  );
  const found = (await facets.json()).facets as Record<
    string,
    { value: string; count: number }[]
  >;
  const count = (facet: string, value: string) =>
    found[facet]?.find(entry => entry.value === value)?.count ?? 0;
  return Object.entries({
    'kind User': count('kind', 'User') >= 8,
    'kind Group': count('kind', 'Group') >= 4,
    'kind Component': count('kind', 'Component') >= 10,
    'kind Template': count('kind', 'Template') >= 2,
    'type environment': count('spec.type', 'environment') >= 3,
  })
    .flatMap(([name, isThere]) => (isThere ? [] : [name]))
    .join(', ');
}
