// Rolls releases of a small server out in a portal that is measured.
import { mkdir, writeFile } from 'node:fs/promises';

const server = `
const { createServer } = require('node:http');
const server = createServer((_, res) => res.end('ok')).listen(process.env.PORT, process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** Releases for components, made and rolled out in development as a platform administrator. */
export async function releases(portal) {
  const token = await portal.signIn('dmitri');
  const folder = portal.path('artifacts/server');
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/server.js`, server);
  await writeFile(
    `${folder}/package.json`,
    JSON.stringify({ scripts: { start: 'node server.js' } }),
  );
  const call = async (path, body) => {
    const answer = await fetch(`${portal.url}/api/delivery/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  return {
    /** Does not wait for the rollouts. */
    async rollOut(names, version, strategy) {
      for (const name of names) {
        const componentRef = `component:default/${name}`;
        const { id } = await call('releases', {
          componentRef,
          version,
          artifact: { kind: 'directory', spec: { path: folder } },
        });
        await call('rollouts', {
          componentRef,
          environmentRef: 'resource:default/development',
          releaseId: id,
          strategy,
        });
      }
    },
    async countActive() {
      const { items } = await call('rollouts?active=true&limit=100');
      return items.length;
    },
    async allEnded() {
      while ((await this.countActive()) > 0)
        await new Promise(done => setTimeout(done, 500));
    },
  };
}
