import { readCatalogInfo } from './CatalogInfo';

describe('readCatalogInfo', () => {
  it('finds the Component and its owner among other documents', () => {
    expect(
      readCatalogInfo(`
kind: API
metadata: { name: x }
---
kind: Component
metadata: { name: checkout }
spec: { owner: payments }
`),
    ).toEqual({
      componentRef: 'component:default/checkout',
      ownerRef: 'group:default/payments',
    });
  });

  it('takes a user for an owner, and a namespace', () => {
    expect(
      readCatalogInfo(
        'kind: Component\nmetadata: { name: a, namespace: n }\nspec: { owner: user:ada }',
      ),
    ).toEqual({ componentRef: 'component:n/a', ownerRef: 'user:n/ada' });
  });

  it.each([
    ['', 'holds no Component'],
    ['kind: System', 'holds no Component'],
    ['kind: Component', 'metadata.name and spec.owner'],
    ['a: [', 'not valid YAML'],
  ])('refuses %p', (text, reason) => {
    expect(() => readCatalogInfo(text)).toThrow(reason);
  });
});
