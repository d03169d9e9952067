// Backstage's own Jest configuration, with which packages of Node load what they depend on as Node does: once a worker.
const config = require('@backstage/cli/config/jest');

const nodeEnvironment = require.resolve('jest-environment-node');

module.exports = async () => {
  const { projects, ...rest } = await config;
  return {
    ...rest,
    projects: projects.map(project =>
      project.testEnvironment === nodeEnvironment
        ? {
            ...project,
            testEnvironment: require.resolve('./environment.cjs'),
            runtime: require.resolve('./runtime.cjs'),
          }
        : project,
    ),
  };
};
