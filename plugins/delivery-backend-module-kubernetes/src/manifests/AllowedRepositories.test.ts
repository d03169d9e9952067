import { AllowedRepositories } from './AllowedRepositories';

const ref = 'component:default/web';

function allows(
  repository: string,
  location?: string,
  more: string[] = [],
): boolean | string {
  const [type, ...target] = location?.split(':') ?? [];
  try {
    new AllowedRepositories(more).mustAllow(repository, {
      ref,
      ...(location && { sourceLocation: { type, target: target.join(':') } }),
    });
    return true;
  } catch (error) {
    return String(error);
  }
}

describe('which repositories manifests may come from', () => {
  it.each([
    ['https://github.com/shop/web', 'url:https://github.com/shop/web/'],
    [
      'https://github.com/shop/web.git',
      'url:https://github.com/Shop/web/tree/main/',
    ],
    [
      'https://git.shop.test/group/sub/web',
      'url:https://git.shop.test/group/sub/web/-/tree/main/deploy/',
    ],
    [
      'https://bitbucket.org/shop/web',
      'url:https://bitbucket.org/shop/web/src/main/',
    ],
    ['slipway-repository:web', 'slipway-repository:web'],
  ])('%s is that of %s', (repository, location) => {
    expect(allows(repository, location)).toBe(true);
  });

  it.each([
    ['https://github.com/shop/other', 'url:https://github.com/shop/web/'],
    ['https://github.com/shop/web-secrets', 'url:https://github.com/shop/web/'],
    ['https://github.com/other/web', 'url:https://github.com/shop/web/'],
    ['https://gitlab.com/shop/web', 'url:https://github.com/shop/web/'],
    ['https://github.com:8443/shop/web', 'url:https://github.com/shop/web/'],
    ['slipway-repository:web', 'url:https://github.com/shop/web/'],
    ['slipway-repository:other', 'slipway-repository:web'],
    // What is on the portal's disk is nobody's repository.
    ['https://github.com/shop/web', 'file:/https://github.com/shop/web'],
    ['https://github.com/shop/web', 'url:no address'],
    ['https://github.com/shop/web', undefined],
  ])('%s is not that of %s', (repository, location) => {
    expect(allows(repository, location)).toMatch(
      new RegExp(`repository: .* is not the one of ${ref}`),
    );
  });

  it('are told, with what to do', () => {
    expect(
      allows(
        'https://github.com/shop/other',
        'url:https://github.com/shop/web/',
      ),
    ).toBe(
      'InputError: repository: https://github.com/shop/other is not the one of component:default/web, which is https://github.com/shop/web; correct its source location in the catalog, or name the repository in delivery.kubernetes.manifests.repositories',
    );
    expect(allows('slipway-repository:web')).toContain(
      'of which the catalog names none',
    );
  });

  it('are those too that the configuration names, one by one or by what they are under', () => {
    const more = [
      'https://github.com/shop/config',
      'https://git.shop.test/deploy/',
    ];
    const may = (repository: string) => allows(repository, undefined, more);
    expect(may('https://github.com/shop/config.git')).toBe(true);
    expect(may('https://git.shop.test/deploy/web')).toBe(true);
    expect(may('https://git.shop.test/deploy/team/web')).toBe(true);
    expect(may('https://github.com/shop/config-of-others')).not.toBe(true);
    expect(may('https://git.shop.test/deployments/web')).not.toBe(true);
    expect(may('https://git.shop.test/other/deploy/web')).not.toBe(true);
  });

  it('can all be named, of one host', () => {
    expect(
      allows('https://git.shop.test/any/thing', undefined, [
        'https://git.shop.test/',
      ]),
    ).toBe(true);
  });

  it.each([
    'https://github.com/payroll/web/../../shop/web',
    'https://github.com/payroll/web/%2e%2e/%2e%2e/shop/web',
    'https://github.com/payroll/web?/shop/web',
    'https://github.com/shop/web#/payroll/web',
    'https://github.com\\payroll/web',
    'https://me:secret@github.com/shop/web',
    'http://github.com/shop/web',
  ])('are not named as %s', repository => {
    expect(allows(repository, 'url:https://github.com/shop/web/')).toMatch(
      /^InputError: github\.com is not named as/,
    );
  });

  it('are refused when the configuration names no address', () => {
    expect(() => new AllowedRepositories(['shop/config'])).toThrow(
      'shop/config is not named as https://HOST/PATH',
    );
    expect(
      () => new AllowedRepositories(['https://me:secret@git.shop.test/']),
    ).toThrow(/^git\.shop\.test is not named/);
  });
});
