import { fieldProblems } from './fieldProblems';

const refused = (errors: { pointer: string; detail: string }[]) => ({
  statusCode: 400,
  body: { detail: 'The set cannot be promoted.', errors },
});

describe('what the API refuses of a promotion', () => {
  it('is told to the component, the stage, or the whole', () => {
    expect(
      fieldProblems(
        refused([
          { pointer: '/items/1/releaseId', detail: 'It is rejected.' },
          { pointer: '/items/1', detail: 'Another pipeline serves it.' },
          { pointer: '/toStage', detail: 'There is no such stage.' },
          { pointer: '/items', detail: 'They depend on each other.' },
        ]),
      ),
    ).toEqual({
      message: 'The set cannot be promoted.',
      items: new Map([[1, 'It is rejected. Another pipeline serves it.']]),
      toStage: 'There is no such stage.',
      others: ['items: They depend on each other.'],
    });
  });

  it('is nothing where nothing was refused', () => {
    expect(fieldProblems(undefined)).toBeUndefined();
  });
});
