/** One JSON object a line on standard output, which is where containers and process managers look. */
export function createLog(fields, write = line => process.stdout.write(line)) {
  const at = level => (message, details) =>
    write(
      `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields, ...details })}\n`,
    );
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
