const { createRequire, isBuiltin } = require('node:module');
const { sep } = require('node:path');
const { compileFunction, constants } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

const dependency = `${sep}node_modules${sep}`;

/**
 * Loads our own code as Jest does, anew for each test file, and what is in node_modules as Node does: once a worker, without
 * looking for mocks of it. Some suites would otherwise take seconds to load the same clients of clouds as the one before.
 */
module.exports = class NodeModulesRuntime extends JestRuntime {
  requireModule(from, moduleName, options, isRequireActual) {
    if (!options?.isInternalModule && moduleName && !isBuiltin(moduleName)) {
      const nodeRequire = createRequire(from);
      const path = resolved(nodeRequire, moduleName);
      if (path?.includes(dependency)) {
        // What helps with tests makes its mocks with it.
        globalThis.jest ??= this._createJestObjectFor(from);
        return nodeRequire(path);
      }
    }
    return super.requireModule(from, moduleName, options, isRequireActual);
  }

  createScriptFromCode(source, filename) {
    return compileFunction(source, this.constructInjectedModuleParameters(), {
      filename,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  }
};

/** Nothing where Node does not find it: Jest knows more endings than Node does. */
function resolved(nodeRequire, moduleName) {
  try {
    return nodeRequire.resolve(moduleName);
  } catch {
    return undefined;
  }
}
