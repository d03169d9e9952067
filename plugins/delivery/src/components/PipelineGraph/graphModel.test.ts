import { graphOf, type GraphStage } from './graphModel';

const stage = (name: string, needs: string[]): GraphStage => ({
  name,
  title: name,
  needs,
  tone: 'info',
  lines: [],
});

const stages = [
  stage('dev', []),
  stage('test-a', ['dev']),
  stage('test-b', ['dev']),
  stage('prod', ['test-a', 'test-b', 'gone']),
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
