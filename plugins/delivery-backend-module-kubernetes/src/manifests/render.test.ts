import { mkdtemp, rm, writeFile, chmod } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Files, writeFiles } from '../__testUtils__/repository';
import { mustBeLocal } from './localReferences';
import { render } from './render';
import { runBinary } from './runBinary';

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\ndata:\n  level: {{ .Values.level | quote }}\n',
};
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

const hasHelm = (process.env.PATH ?? '')
  .split(delimiter)
  .some(folder => existsSync(join(folder, 'helm')));
if (!hasHelm)
  process.stderr.write(
    "\n!!! SKIPPED: a chart rendered by the real helm: there is no 'helm' on the PATH.\n\n",
  );

describe('a folder of a repository', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function rendered(
    files: Files,
    path = '.',
    options: Partial<Parameters<typeof render>[0]> = {},
  ) {
    await writeFiles(root, files);
    return render({
      root,
      path,
      binaries: {
        helm: '/nowhere',
        kubectl: '/nowhere',
        kustomize: '/nowhere',
      },
      signal: AbortSignal.timeout(30_000),
      ...options,
    });
  }

  it('is plain where neither a kustomization nor a chart is in it: its own files, by name', async () => {
    const { kind, text } = await rendered(
      {
        'deploy/b.yaml': 'b: 1\n',
        'deploy/a.yml': 'a: 1\n',
        'deploy/README.md': 'not this',
        'deploy/more/c.yaml': 'nor this',
      },
      'deploy',
    );
    expect(kind).toBe('plain');
    expect(text).toBe('a: 1\n\n---\nb: 1\n');
  });

  it('is refused where there is none, where it lies outside, and where it is empty', async () => {
    await expect(rendered({}, 'nowhere')).rejects.toThrow(
      "path: there is no folder 'nowhere'",
    );
    await expect(rendered({}, '../..')).rejects.toThrow();
    await expect(rendered({ 'x/readme.md': '' }, 'x')).rejects.toThrow(
      "path: there are no .yaml files in 'x'",
    );
    await expect(
      rendered({ 'y/a.yaml': configMap }, 'y', { values: { a: 1 } }),
    ).rejects.toThrow('values: only charts of Helm take values');
  });

  it('says which program is missing, and where to name it', async () => {
    await expect(
      rendered({ 'k/kustomization.yaml': 'resources: []\n' }, 'k'),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /neither 'kustomize' nor 'kubectl' is installed .* delivery\.kubernetes\.binaries\.kustomize/,
      ),
    });
    await expect(rendered(chart, 'chart')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /'helm' is not installed .* delivery\.kubernetes\.binaries\.helm$/,
      ),
    });
  });

  (hasHelm ? describe : describe.skip)('with the real helm', () => {
    it('is a chart', async () => {
      const { kind, text } = await rendered(chart, 'chart', {
        binaries: {},
        values: { level: 'debug' },
      });
      expect(kind).toBe('helm');
      expect(text).toContain('level: "debug"');
      expect(text).toContain('namespace: slipway-target-namespace');
    });
  });

  it.each<[what: string, files: Files, words: RegExp]>([
    [
      'a base on a git host',
      { 'kustomization.yaml': 'resources: [github.com/shop/base?ref=v1]\n' },
      /resources names 'github\.com\/shop\/base\?ref=v1', which is no file/,
    ],
    [
      'a file by HTTP, of the network inside too',
      { 'kustomization.yaml': 'resources: ["http://localhost:7007/x.yaml"]\n' },
      /names 'http:\/\/localhost:7007\/x\.yaml'/,
    ],
    [
      'a file outside of the repository',
      { 'kustomization.yaml': 'resources: [../../etc]\n' },
      /names '\.\.\/\.\.\/etc'/,
    ],
    [
      'in an overlay below',
      {
        'kustomization.yaml': 'resources: [base]\n',
        'base/kustomization.yml': 'resources: ["git@example.com:a/b.git"]\n',
      },
      /^base\/kustomization\.yml: resources names 'git@/,
    ],
    [
      'behind the key of a generator',
      {
        'kustomization.yaml':
          'configMapGenerator: [{ name: a, files: ["x=http://10.0.0.1/x"] }]\n',
      },
      /files names 'x=http:\/\/10\.0\.0\.1\/x'/,
    ],
    [
      'in a patch by path',
      {
        'kustomization.yaml':
          'patches: [{ path: "https://example.com/p.yaml" }]\n',
      },
      /path names 'https:/,
    ],
    [
      'in a generator of its own',
      {
        'kustomization.yaml': 'generators: [g.yaml]\n',
        'g.yaml':
          'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: a }\nfiles: ["http://10.0.0.1/x"]\n',
      },
      /^g\.yaml: files names/,
    ],
    [
      'a chart',
      { 'kustomization.yaml': 'helmCharts: [{ name: redis }]\n' },
      /charts of Helm inside a kustomization are not rendered/,
    ],
  ])('may not refer to what is elsewhere: %s', async (_what, files, words) => {
    await writeFiles(root, files);
    await expect(mustBeLocal(root)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(words),
    });
  });

  it('may hold addresses where they are no references', async () => {
    await writeFiles(root, {
      'kustomization.yaml':
        'resources: [a.yaml, base]\ncommonAnnotations: { docs: "https://example.com" }\nconfigMapGenerator: [{ name: b, literals: ["URL=http://localhost:1"], files: ["k=a.yaml"] }]\npatches: [{ patch: "- op: add" }]\n',
      'a.yaml': `${configMap}data: { url: "http://localhost:8080" }\n`,
      'base/kustomization.yaml': 'resources: [../a.yaml]\n',
    });
    await expect(mustBeLocal(root)).resolves.toBeUndefined();
  });
});

describe('a program that renders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function program(script: string): Promise<string> {
    const file = join(folder, 'program');
    await writeFile(file, `#!/bin/bash\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  const run = (file: string, signal = AbortSignal.timeout(30_000)) =>
    runBinary(file, ['$(id)', ';ls'], { cwd: folder, signal });

  it('gets its arguments as they are, and nothing of the environment', async () => {
    process.env.SLIPWAY_TEST_SECRET = 'hunter2';
    const said = await run(
      await program(
        'printf "%s\\n" "$@"; /usr/bin/env; echo home:; echo $HOME/*',
      ),
    );
    delete process.env.SLIPWAY_TEST_SECRET;
    expect(said).toMatch(/^\$\(id\)\n;ls\n/);
    expect(said).not.toContain('hunter2');
    expect(said).toMatch(/^HTTPS_PROXY=http:\/\/127\.0\.0\.1:9$/m);
    expect(said).toMatch(/^PATH=\/var\/empty$/m);
    const [, home] = /^HOME=(.+)$/m.exec(said) ?? [];
    expect(home).toContain('slipway-render-');
    expect(existsSync(home)).toBe(false);
  });

  it('is told about when it fails, without where the files were', async () => {
    const file = await program('echo "no such thing in $PWD/a" >&2; exit 3');
    await expect(run(file)).rejects.toMatchObject({
      name: 'InputError',
      message: 'It cannot be rendered: no such thing in ./a',
    });
  });

  it('is stopped with all that it has started when nobody waits any more', async () => {
    const file = await program('/bin/sleep 60 & echo $! > child; wait');
    const began = performance.now();
    await expect(run(file, AbortSignal.timeout(500))).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is stopped when it writes without end', async () => {
    const file = await program('while :; do echo {1..1000}; done');
    await expect(run(file)).rejects.toThrow('It renders to more than 4 MB');
  });
});
