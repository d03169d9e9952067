// The lint rules of one package: the Backstage CLI's, and what may import what in this house (DESIGN: frontend plugin
// -> -react -> -common <- -node <- -backend, modules -> -node). Pages are built with @mui/material, never Material UI 4.
const { join } = require('node:path');
const createConfig = require('@backstage/cli/config/eslint-factory');

const ours = '@slipway/backstage-plugin-';

// Private and for tests: they may only ever be devDependencies, which another rule sees to.
const testing = ['@slipway/kubernetes-testing', '@slipway/prometheus-testing'];

/** Which of our packages a role may import; everything else of ours is refused. */
function allowed(role, name) {
  switch (role) {
    case 'common-library':
      return ['*-common'];
    case 'web-library':
      return ['*-common', '*-react'];
    case 'frontend-plugin':
    case 'frontend-plugin-module':
      return ['*-common', '*-react'];
    case 'node-library':
      return name === '@slipway/workflow-engine' ? [] : ['*-common', '*-node'];
    case 'backend-plugin':
      return ['*-common', '*-node', '@slipway/workflow-engine'];
    case 'backend-plugin-module':
      return ['*-common', '*-node', ...testing];
    default:
      // The app and the backend put everything together.
      return undefined;
  }
}

// The CLI's own patterns are strings, and ESLint takes either strings or objects with messages, not both.
function importRules(role, name) {
  const permitted = allowed(role, name);
  return [
    '@material-ui/*',
    ...(permitted
      ? [
          '@slipway/*',
          ...permitted.map(pattern =>
            pattern.startsWith('@') ? `!${pattern}` : `!${ours}${pattern}`,
          ),
        ]
      : []),
    // The engine knows nothing of Backstage.
    ...(name === '@slipway/workflow-engine' ? ['@backstage/*'] : []),
  ];
}

module.exports = function forPackage(directory, extra = {}) {
  const { name, backstage } = require(join(directory, 'package.json'));
  return createConfig(directory, {
    ...extra,
    restrictedImportPatterns: importRules(backstage.role, name),
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // openapi-fetch names its methods GET and POST.
      'new-cap': ['error', { capIsNew: false }],
      '@backstage/no-undeclared-imports': 'error',
      ...extra.rules,
    },
  });
};
