import fc from 'fast-check';
import { compareDependencies, dependenciesSummary } from './dependencies';
import { readSbom } from './readSbom';

const cycloneDx = (...components: object[]) =>
  ({ bomFormat: 'CycloneDX', specVersion: '1.6', components }) as never;

describe('a bill of materials', () => {
  it('is read from CycloneDX, with groups, types, and components within components', () => {
    expect(
      readSbom(
        cycloneDx(
          {
            type: 'library',
            name: 'express',
            version: '5.0.0',
            purl: 'pkg:npm/express@5.0.0',
            components: [{ name: 'debug', version: '4.0.0' }],
          },
          {
            group: '@scope',
            name: 'tool',
            version: '1.0.0',
            purl: 'pkg:npm/%40scope/tool@1.0.0',
          },
          {
            group: 'org.example',
            name: 'library',
            version: '2.1',
            purl: 'pkg:maven/org.example/library@2.1',
          },
          { version: 'nameless' },
          { name: 'express', version: '5.0.0', purl: 'pkg:npm/express@5.0.0' },
        ),
      ),
    ).toEqual([
      { name: '@scope/tool', version: '1.0.0', type: 'npm' },
      { name: 'debug', version: '4.0.0' },
      { name: 'express', version: '5.0.0', type: 'npm' },
      { name: 'org.example:library', version: '2.1', type: 'maven' },
    ]);
  });

  it('is read from SPDX, without the release that it describes', () => {
    expect(
      readSbom({
        spdxVersion: 'SPDX-2.3',
        documentDescribes: ['SPDXRef-checkout'],
        packages: [
          { SPDXID: 'SPDXRef-checkout', name: 'checkout', versionInfo: '1.0' },
          {
            SPDXID: 'SPDXRef-openssl',
            name: 'openssl',
            versionInfo: '3.0.15-1',
            externalRefs: [
              { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a' },
              {
                referenceType: 'purl',
                referenceLocator: 'pkg:deb/debian/openssl@3.0.15-1',
              },
            ],
          },
        ],
      }),
    ).toEqual([{ name: 'openssl', version: '3.0.15-1', type: 'deb' }]);
  });

  it.each([
    [{}, 'neither CycloneDX'],
    [{ bomFormat: 'CycloneDX' }, 'lists nothing'],
    [{ spdxVersion: 'SPDX-2.3', packages: 'many' }, 'lists nothing'],
    [
      cycloneDx(
        ...Array.from({ length: 20_001 }, (_, index) => ({
          name: `package-${index}`,
        })),
      ),
      'at most 20000',
    ],
    [
      cycloneDx(
        Array.from({ length: 40 }).reduce<object>(
          within => ({ name: 'deep', components: [within] }),
          { name: 'deepest' },
        ),
      ),
      'deeper than 32',
    ],
  ])('is refused where it says nothing that could be kept: %#', (sbom, why) => {
    expect(() => readSbom(sbom as never)).toThrow(why);
  });

  it('is the same in any order, and differs from itself in nothing', () => {
    const components = fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c', '@s/d'),
        version: fc.constantFrom('1', '2', '10'),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        components.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
          ),
        ),
        components,
        ([list, shuffled], others) => {
          const known = (items: object[]) => ({
            source: 'sbom' as const,
            items: readSbom(cycloneDx(...items)),
          });
          expect(dependenciesSummary(known(shuffled))).toEqual(
            dependenciesSummary(known(list)),
          );
          expect(compareDependencies(known(list), known(shuffled))).toEqual({
            total: 0,
            items: [],
          });
          const there = compareDependencies(known(list), known(others));
          const back = compareDependencies(known(others), known(list));
          expect(back.items).toEqual(
            there.items.map(item => ({
              ...item,
              from: item.to,
              to: item.from,
            })),
          );
          expect(there.total === 0).toBe(
            dependenciesSummary(known(list)).digest ===
              dependenciesSummary(known(others)).digest,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
