import { fieldProblem, schemaFields, specOf } from './schemaFields';
import { configurationOf, variableProblems } from './variables';

const schema = {
  type: 'object',
  required: ['package'],
  properties: {
    args: { type: 'array', items: { type: 'string' }, title: 'Arguments' },
    package: { type: 'string', title: 'Package', pattern: '^[a-z-]+$' },
    port: { type: 'integer' },
    debug: { type: 'boolean', default: false },
    extra: { type: 'object' },
  },
};

describe('the form of an artifact', () => {
  const fields = schemaFields(schema);
  const field = (name: string) => fields.find(one => one.name === name)!;

  it('has a field for each property, required ones first', () => {
    expect(fields.map(({ title, type }) => [title, type])).toEqual([
      ['Package', 'string'],
      ['Arguments', 'strings'],
      ['port', 'number'],
      ['debug', 'boolean'],
      ['extra', 'json'],
    ]);
  });

  it('says what is missing or malformed', () => {
    expect(fieldProblem(field('package'), ' ')).toBe('required');
    expect(fieldProblem(field('package'), 'Not OK')).toBe('pattern');
    expect(fieldProblem(field('port'), 'http')).toBe('number');
    expect(fieldProblem(field('extra'), '{')).toBe('json');
    expect(fieldProblem(field('extra'), '')).toBeUndefined();
  });

  it('sends values of the right types and leaves out what was left empty', () => {
    expect(
      specOf(fields, {
        package: 'http-server',
        args: '--port\n8080\n',
        extra: '{"a":1}',
      }),
    ).toEqual({
      package: 'http-server',
      args: ['--port', '8080'],
      extra: { a: 1 },
    });
  });
});

describe('the environment variables of a release', () => {
  it('go to all environments, or to one', () => {
    expect(
      configurationOf([
        { id: 1, name: 'COLOR', value: 'blue', environment: '' },
        { id: 2, name: 'COLOR', value: 'red', environment: 'prod' },
        { id: 3, name: '', value: '', environment: '' },
      ]),
    ).toEqual({
      values: { COLOR: 'blue' },
      environmentValues: { prod: { COLOR: 'red' } },
    });
  });

  it('need a proper name, once for each environment', () => {
    expect(
      Object.fromEntries(
        variableProblems([
          { id: 1, name: '1ST', value: '', environment: '' },
          { id: 2, name: 'A', value: '1', environment: '' },
          { id: 3, name: 'A', value: '2', environment: '' },
        ]),
      ),
    ).toEqual({ 1: 'name', 3: 'twice' });
  });
});
