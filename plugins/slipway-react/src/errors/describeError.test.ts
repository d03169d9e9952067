import { ResponseError } from '@backstage/errors';
import { describeError } from './describeError';

const problem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'The release was refused.',
  errors: [{ pointer: '/artifact/spec/package', detail: 'must be a name' }],
  error: { name: 'InputError', message: 'The release was refused.' },
};

async function refusal(body: unknown) {
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status: 400,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

describe('what people are told about an error', () => {
  it.each([
    ['as Backstage keeps it', { ...problem, response: { statusCode: 400 } }],
    ['as Backstage flattens it', problem],
  ])('is the problem that the API answered, %s', async (_, body) => {
    expect(describeError(await refusal(body))).toEqual({
      status: 400,
      message: 'The release was refused.',
      fields: [{ name: 'artifact.spec.package', detail: 'must be a name' }],
    });
  });

  it('is the message of any other error', () => {
    expect(describeError(new Error('no network'))).toEqual({
      status: undefined,
      message: 'no network',
      fields: [],
    });
  });
});
