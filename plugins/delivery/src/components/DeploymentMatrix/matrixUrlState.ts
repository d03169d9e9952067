/** The matrix's state in the URL, with its defaults. */
export const matrixUrlDefaults = {
  q: '',
  owner: '',
  system: '',
  tier: '',
  drift: 'false',
  attention: 'false',
  sort: 'name',
  page: '0',
  rows: '25',
};

export type MatrixUrlState = typeof matrixUrlDefaults;
