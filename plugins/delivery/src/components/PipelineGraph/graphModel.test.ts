import { stagePreview } from '../../__testUtils__/fixtures';
import { graphOf } from './graphModel';

const stages = [
  stagePreview('dev', []),
  stagePreview('test-a', ['dev']),
  stagePreview('test-b', ['dev']),
  stagePreview('prod', ['test-a', 'test-b', 'gone']),
];

describe('the graph of a pipeline', () => {
  it('has an edge from each stage to those that need it', () => {
    expect(graphOf(stages).edges).toEqual([
      { from: 'dev', to: 'test-a' },
      { from: 'dev', to: 'test-b' },
      { from: 'test-a', to: 'prod' },
      { from: 'test-b', to: 'prod' },
    ]);
  });
});
