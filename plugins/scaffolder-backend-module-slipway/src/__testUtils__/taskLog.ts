import { mockServices } from '@backstage/backend-test-utils';

/** A logger that keeps what a task's log would show. */
export function taskLog() {
  const lines: string[] = [];
  const keep = (message: string) => {
    lines.push(message);
  };
  const logger = mockServices.logger.mock({
    info: keep,
    warn: keep,
    error: keep,
  });
  return { lines, logger };
}
