const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { createContext } = require('node:vm');

/**
 * Runs tests in the worker's own realm, so that an error of a dependency is an `Error` of the test too. What a test file
 * changes of it, is as before when the file has ended.
 */
module.exports = class WorkerEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;

  constructor({ projectConfig }) {
    this.restore = [
      remembered(globalThis),
      // How stacks are shown.
      remembered(Error),
      remembered(process.env),
      rememberedListeners(),
      rememberedExit(),
    ];
    this.fakeTimersModern = new ModernFakeTimers({
      config: projectConfig,
      global: globalThis,
    });
    // Node's ten lines rarely reach the test.
    Error.stackTraceLimit = 100;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const restore of this.restore) restore();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest wants to clean it up; nothing runs there. */
  getVmContext() {
    return createContext({});
  }
};

/** Answers how to make an object's own properties what they are now. */
function remembered(object) {
  const before = Object.getOwnPropertyDescriptors(object);
  return () => {
    for (const key of Reflect.ownKeys(object))
      if (!Object.hasOwn(before, key)) Reflect.deleteProperty(object, key);
    for (const key of Reflect.ownKeys(before)) {
      const now = Object.getOwnPropertyDescriptor(object, key);
      if (
        !['value', 'get', 'set'].every(
          of => now && Object.is(now[of], before[key][of]),
        )
      )
        Object.defineProperty(object, key, before[key]);
    }
  };
}

function rememberedExit() {
  const { exit } = process;
  return () => {
    process.exit = exit;
  };
}

/** Those that a test file has left on the process would be called for the next one too. */
function rememberedListeners() {
  const before = new Map(
    process.eventNames().map(name => [name, process.rawListeners(name)]),
  );
  return () => {
    for (const name of process.eventNames())
      for (const listener of process.rawListeners(name))
        if (!before.get(name)?.includes(listener))
          process.removeListener(name, listener);
  };
}
