import { InputError } from '@backstage/errors';

/** One refused field. `pointer` is a JSON pointer into the request's body, or a parameter's name. */
export interface FieldProblem {
  pointer: string;
  detail: string;
}

/** A request whose fields do not hold, each with the reason. */
export class FieldError extends InputError {
  name = 'InputError' as const;

  constructor(readonly fields: FieldProblem[]) {
    super(
      fields.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
    );
  }
}
