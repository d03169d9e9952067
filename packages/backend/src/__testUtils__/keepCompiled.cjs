// Loaded before a portal: what V8 has compiled of it is there for the next start, as with `npm start`.
const { enableCompileCache, flushCompileCache } = require('node:module');
const { join } = require('node:path');

enableCompileCache(join(__dirname, '../../../../node_modules/.cache/portal'));
// It would be written at the end, which a portal that is killed does not come to.
process.on('SIGUSR2', () => flushCompileCache());
