import { createLog } from './log.js';
import { createService } from './service.js';
import { readSettings, SettingsError } from './settings.js';

let settings;
try {
  settings = readSettings(process.env);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  // No log yet: what its lines carry is among the settings.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

const log = createLog({ service: settings.name, version: settings.version });
const service = createService({ settings, log });

service.server.on('error', error => {
  log.error('Cannot serve', { error: error.message });
  process.exit(1);
});
service.server.listen(settings.port, settings.host, () => {
  const { address, port } = service.server.address();
  log.info('Ready', { address, port, faults: settings.faults });
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    log.info('Stopping', { signal });
    await service.stop(settings.shutdownGraceSeconds * 1000);
    log.info('Stopped');
    process.exit(0);
  });
}

// Demonstration only; see "Faults" in README.md.
if (settings.faults.crashAfterSeconds !== undefined) {
  setTimeout(() => {
    log.error('Crashing, as FAULT_CRASH_AFTER_SECONDS says');
    process.exit(70);
  }, settings.faults.crashAfterSeconds * 1000).unref();
}
