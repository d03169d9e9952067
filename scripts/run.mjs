// Runs one task of the repository (`npm run <task>`) with the right Node, Yarn and dependencies, which it gets into
// the checkout first when they are missing. Needs nothing but Node 20 and npm.
import { resolveTask, taskNames } from './tasks.mjs';
import { prepare } from './toolchain.mjs';
import { run } from './process.mjs';

const [name, ...args] = process.argv.slice(2);
const task = resolveTask(name, args);
if (!task) {
  process.stderr.write(
    `There is no task '${name ?? ''}'. Known: ${taskNames.join(', ')}\n`,
  );
  process.exit(2);
}

try {
  const { node, env, yarn } = await prepare({
    progress: text => process.stderr.write(`slipway: ${text}\n`),
  });
  for (const { command, args: commandArgs } of task)
    await run(
      command === 'node' ? node : command,
      command === 'yarn' ? [yarn, ...commandArgs] : commandArgs,
      { env },
    );
} catch (error) {
  process.stderr.write(`slipway: ${error.message}\n`);
  process.exit(error.exitCode ?? 1);
}
