// What each script of the root package.json does, once Node, Yarn and dependencies are there.

const bin = (name, ...args) => ({ command: name, args });

// Seven times as fast as the version that Backstage's own tools are made for.
export const typeScript = 'node_modules/typescript-7/bin/tsc';

const bench = (file, args) => bin('node', 'scripts/bench.mjs', file, ...args);

const tasks = {
  start: args => [bin('node', 'scripts/start.mjs', ...args)],
  dev: args => [bin('node', 'scripts/start.mjs', '--dev', ...args)],
  test: args => [bin('node', 'scripts/test.mjs', ...args)],
  setup: () => [],
  tsc: args => [bin('node', typeScript, ...args)],
  lint: args => [
    bin('backstage-cli', 'repo', 'lint', '--max-warnings', '0', ...args),
  ],
  prettier: args => [
    bin('prettier', ...(args.length ? args : ['--check', '.'])),
  ],
  knip: args => [bin('knip', '--no-config-hints', ...args)],
  fix: () => [
    bin('backstage-cli', 'repo', 'fix'),
    bin('backstage-cli', 'repo', 'lint', '--fix'),
    bin('prettier', '--write', '--log-level', 'warn', '.'),
  ],
  build: args => [
    bin('node', typeScript),
    bin('backstage-cli', 'repo', 'build', ...(args.length ? args : ['--all'])),
  ],
  clean: () => [bin('backstage-cli', 'repo', 'clean')],
  'test:unit': args => [
    bin('node', 'scripts/test.mjs', '--only', 'unit', ...args),
  ],
  'test:e2e': args => [
    bin('node', 'scripts/test.mjs', '--only', 'browser', ...args),
  ],
  // The fault tests in full size; npm test runs them small.
  'test:chaos': args => [bin('node', 'scripts/test.mjs', '--chaos', ...args)],
  'test:kubernetes': args => [
    bin('node', 'scripts/test.mjs', '--kubernetes', ...args),
  ],
  'bench:engine': args => [
    bench('packages/workflow-engine/bench/engine.ts', args),
  ],
  'bench:delivery': args => [bench('packages/backend/bench/delivery.ts', args)],
  'bench:local-rollout': args => [
    bench('plugins/delivery-backend-module-local/bench/localRollout.ts', args),
  ],
  'bench:kubernetes': args => [
    bench(
      'plugins/delivery-backend-module-kubernetes/bench/kubernetes.ts',
      args,
    ),
  ],
  'bench:portal': args => [bin('node', 'scripts/bench-portal.mjs', ...args)],
  'api-reports': args => [
    bin('node', typeScript),
    bin('node', 'scripts/api-reports.mjs', ...args),
  ],
  'generate:openapi': args => [
    bin('node', 'scripts/generate-openapi.mjs', ...args),
  ],
  'version:cut': args => [bin('lerna', 'version', ...args)],
};

export const taskNames = Object.keys(tasks);

/** The commands of a task, or undefined when there is no such task. */
export function resolveTask(name, args) {
  return Object.hasOwn(tasks, name) ? tasks[name](args) : undefined;
}
