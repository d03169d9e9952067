import { QueryTemplate } from './QueryTemplate';

const render = (query: string, value: string) =>
  new QueryTemplate(query).render(() => value);

const nasty = '1.0"} or vector(0) # \\ \' `\n(a|b)*';

describe('a variable in the value of a label', () => {
  it('is written as the text that it is', () => {
    expect(
      render(`rate(x{version="{{ version }}", a='{{version}}'}[5m])`, '1.2.0'),
    ).toBe(`rate(x{version="1.2.0", a='1.2.0'}[5m])`);
    expect(render('x{pod=~"web-{{ version }}-.*"}', '1.2.0+a')).toBe(
      'x{pod=~"web-1\\\\.2\\\\.0\\\\+a-.*"}',
    );
    expect(render('{"my.metric", "my.label"!="{{ version }}"}', 'a')).toBe(
      '{"my.metric", "my.label"!="a"}',
    );
  });

  it.each(['"', "'"])(
    'ends neither the string nor the query between %s',
    quote => {
      for (const operator of ['=', '!=', '=~', '!~']) {
        const rendered = render(
          `sum(x{a${operator}${quote}{{ v }}${quote}})`,
          nasty,
        );
        // Still one string, which the query goes on behind as it was written.
        expect(rendered.endsWith(`${quote}})`)).toBe(true);
        const again = new QueryTemplate(rendered.replaceAll('{', '{'));
        expect(again.names.size).toBe(0);
        const inside = rendered.slice(
          `sum(x{a${operator}${quote}`.length,
          -`${quote}})`.length,
        );
        expect(inside).not.toMatch(
          new RegExp(`(^|[^\\\\])(\\\\\\\\)*${quote}`),
        );
        expect(inside).not.toContain('\n');
      }
    },
  );

  it.each([
    ['{{ version }}', 'must stand in the value of a label'],
    ['x{ {{ version }}="a" }', 'must stand in the value of a label'],
    ['x > {{ version }}', 'must stand in the value of a label'],
    [
      'label_replace(x, "a", "{{ version }}", "b", "")',
      'must stand in the value of a label',
    ],
    ['x{a=`{{ version }}`}', 'nothing can be escaped between backticks'],
    ['x{a="{{ version"}', "a '{{' that no '}}' ends at line 1, column 6"],
  ])('stands nowhere else: %s', (query, why) => {
    expect(() => new QueryTemplate(query)).toThrow(why);
  });
});

describe('a duration', () => {
  it('stands where PromQL has one', () => {
    expect(render('rate(x[{{ window }}] offset {{window}})', '30s')).toBe(
      'rate(x[30s] offset 30s)',
    );
  });

  it.each([
    'x{a="{{ window }}"}',
    'x > {{ window }}',
    'rate(x[1{{ window }}])',
    'rate(x[1h:{{ window }}1s])',
  ])('stands nowhere else: %s', query => {
    expect(() => new QueryTemplate(query)).toThrow(/'query'/);
  });
});

describe('what is not PromQL', () => {
  it.each([
    ['sum(rate(x[5m])', 'line 1, column 16, where it ends'],
    ['sum(\n  rate(x{a=b}[5m])\n)', "line 2, column 12, at 'b}[5m])"],
    ['x +', 'where it ends'],
    ['   ', 'where it ends'],
    ['x[5m]', 'a range of values at each moment'],
    ['rate(x[5m])[1h:1m]', 'a range of values at each moment'],
    ['"x"', 'gives a text'],
  ])('is refused with its place: %s', (query, why) => {
    expect(() => new QueryTemplate(query)).toThrow(why);
  });
});
