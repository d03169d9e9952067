import { stagePreview } from '../../__testUtils__/fixtures';
import { depthOf, graphOf } from './graphModel';

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

  it('is as deep as its longest way', () => {
    expect(depthOf(stages)).toBe(3);
    expect(depthOf([])).toBe(0);
  });

  it('does not hang on stages that need each other', () => {
    expect(
      depthOf([stagePreview('a', ['b']), stagePreview('b', ['a'])]),
    ).toBeGreaterThan(0);
  });
});
