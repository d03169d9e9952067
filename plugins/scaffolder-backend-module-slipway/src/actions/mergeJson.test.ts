import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonValue } from '@backstage/types';
import { readFileSync } from 'node:fs';
import { createMergeJsonAction } from './mergeJson';

describe('slipway:workspace:merge-json', () => {
  const mock = createMockDirectory();
  const run = (path: string, content: Record<string, JsonValue>) =>
    createMergeJsonAction().handler(
      createMockActionContext({
        workspacePath: mock.path,
        input: { path, content },
      }),
    );

  it('changes what is named and keeps the rest, in order', async () => {
    mock.setContent({
      'p.json': '{"name":"a","version":"1.0.0","x":{"y":1,"z":[1]}}',
    });
    await run('p.json', { version: '1.1.0', x: { z: [2], w: null } });
    expect(readFileSync(mock.resolve('p.json'), 'utf8')).toBe(
      `${JSON.stringify({ name: 'a', version: '1.1.0', x: { y: 1, z: [2], w: null } }, null, 2)}\n`,
    );
  });

  it('takes __proto__ for a key like any other', async () => {
    mock.setContent({ 'p.json': '{}' });
    await run('p.json', JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    ['none.json', 'no file none.json'],
    ['bad.json', 'not valid JSON'],
    ['list.json', 'holds no JSON object'],
    ['../x.json', 'not allowed'],
  ])('refuses %s', async (path, reason) => {
    mock.setContent({ 'bad.json': '{', 'list.json': '[]' });
    await expect(run(path, {})).rejects.toThrow(
      new RegExp(reason.replace('.', '\\.'), 'i'),
    );
  });
});
