import { selectValue } from './selectValue';

const document = {
  data: { rate: 0.02, none: null, list: [1, 2, 3], one: [{ v: 'a' }] },
};

describe('selectValue', () => {
  it.each([
    ['$.data.rate', 0.02],
    ['$.data.none', null],
    ['$.data.absent', null],
    ['$.data.list', [1, 2, 3]],
    ['$.data.list[*]', [1, 2, 3]],
    ['$.data.list[-1:]', 3],
    ['$.data.one[*].v', 'a'],
    ['$..v', 'a'],
    ['$.constructor', null],
    ['$.__proto__.toString', null],
    ['$', document],
  ])('%s', (path, expected) => {
    expect(selectValue(document, path)).toEqual(expected);
  });

  it.each([0, false, '', null, 7])('reads the scalar document %j', scalar => {
    expect(selectValue(scalar, '$')).toBe(scalar);
    expect(selectValue(scalar, '$.a')).toBeNull();
  });

  it.each([
    '$.data.list[?(@ > 1)]',
    '$.data.list[(@.length-1)]',
    "$..[?(@.constructor.constructor('return process')())]",
    '$.data.@other()',
  ])('runs no code: %s', path => {
    expect(() => selectValue(document, path)).toThrow('cannot be evaluated');
  });

  it('stops a path that would take forever', () => {
    let nested: unknown = 1;
    for (let depth = 0; depth < 60; depth++) nested = [nested];
    const path = `$${'[0,0]'.repeat(60)}.x`;
    expect(() => selectValue(nested, path)).toThrow('takes more than 500 ms');
  });
});
