import fc from 'fast-check';
import { stringify } from 'yaml';
import { manifestKinds } from './kinds';
import { titleOf } from './ManifestObject';
import { readManifests } from './readManifests';

const object = (kind: string, name: string, more: object = {}) => ({
  apiVersion: manifestKinds.find(one => one.kind === kind)?.apiVersion ?? 'v1',
  kind,
  metadata: { name },
  ...more,
});

const text = (...objects: unknown[]) =>
  objects.map(one => stringify(one)).join('---\n');

const refusal = (yaml: string) => {
  try {
    return readManifests(yaml).map(titleOf);
  } catch (error) {
    const { message, name } = error as Error;
    return `${name}: ${message}`;
  }
};

describe('manifests', () => {
  it('are read from documents and lists, empty ones left out, and put in order', () => {
    const yaml = `# nothing yet\n---\n${text(
      object('Ingress', 'web'),
      object('Deployment', 'web'),
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [object('Service', 'web'), object('ConfigMap', 'web')],
      },
      object('ServiceAccount', 'web'),
    )}---\n`;
    expect(readManifests(yaml).map(titleOf)).toEqual([
      'ServiceAccount web',
      'ConfigMap web',
      'Service web',
      'Deployment web',
      'Ingress web',
    ]);
  });

  it('keep their order within a kind, whatever stands between them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(
            fc.constantFrom(...manifestKinds.map(({ kind }) => kind)),
            fc.integer({ min: 0, max: 9 }),
          ),
          { minLength: 1, selector: ([kind, n]) => `${kind} ${n}` },
        ),
        written => {
          const read = readManifests(
            text(...written.map(([kind, n]) => object(kind, `n${n}`))),
          );
          const ranks = read.map(({ kind }) =>
            manifestKinds.findIndex(one => one.kind === kind),
          );
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          for (const { kind } of manifestKinds)
            expect(
              read.filter(one => one.kind === kind).map(({ name }) => name),
            ).toEqual(
              written.filter(([one]) => one === kind).map(([, n]) => `n${n}`),
            );
        },
      ),
    );
  });

  it.each<[what: string, yaml: string, words: RegExp]>([
    ['nothing', '# a comment\n', /^InputError: There are no objects in it$/],
    ['no YAML', 'a: [1\n', /^InputError: Document 1 is no YAML: /],
    ['a text', 'hello\n', /^InputError: Document 1 is no object/],
    [
      'no kind',
      text({ metadata: { name: 'a' } }),
      /^InputError: Document 1: apiVersion or kind is missing$/,
    ],
    [
      'no name',
      text(object('Service', 'a'), { apiVersion: 'v1', kind: 'ConfigMap' }),
      /^InputError: Document 2 \(ConfigMap\): metadata\.name is missing$/,
    ],
    [
      'a name that leads elsewhere',
      text(object('ConfigMap', '../secrets/a')),
      /metadata\.name '\.\.\/secrets\/a' is no name/,
    ],
    [
      'a Secret, without showing it',
      text(object('Secret', 'a', { stringData: { password: 'hunter2' } })),
      /^InputError: Document 1 \(Secret a\) is refused: secrets do not belong into a repository(?!.*hunter2)/,
    ],
    [
      'what belongs to no namespace',
      text({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'a' },
      }),
      /\(ClusterRole a\) is refused: a release may hold ServiceAccount, .* and nothing else/,
    ],
    [
      'a namespace',
      text(object('Namespace', 'a')),
      /\(Namespace a\) is refused: the namespace is that of the environment/,
    ],
    [
      'a kind of another version',
      text({ ...object('Deployment', 'a'), apiVersion: 'apps/v1beta1' }),
      /write apiVersion apps\/v1 instead of apps\/v1beta1/,
    ],
    [
      'one object twice',
      text(object('Service', 'a'), object('Service', 'a')),
      /^InputError: Service a is in it twice$/,
    ],
    [
      'labels that are no texts',
      text(
        object('Service', 'a', { metadata: { name: 'a', labels: { x: 1 } } }),
      ),
      /metadata\.labels must hold texts/,
    ],
    [
      'a hook',
      text(
        object('ConfigMap', 'a', {
          metadata: {
            name: 'a',
            annotations: { 'helm.sh/hook': 'pre-install' },
          },
        }),
      ),
      /is a hook of Helm, and Slipway runs no hooks/,
    ],
    [
      'a number of copies that an autoscaler decides on',
      text(
        object('Deployment', 'web', { spec: { replicas: 2 } }),
        object('HorizontalPodAutoscaler', 'web', {
          spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } },
        }),
      ),
      /^InputError: Deployment web: spec\.replicas is up to HorizontalPodAutoscaler web; leave it out$/,
    ],
    [
      'too many',
      text(
        ...Array.from({ length: 101 }, (_, n) => object('ConfigMap', `c${n}`)),
      ),
      /There are 101 objects in it, and a release may have 100/,
    ],
  ])('are refused: %s', (_what, yaml, words) => {
    expect(refusal(yaml)).toMatch(words);
  });
});
