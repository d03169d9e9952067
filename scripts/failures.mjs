// What failed, from the reports, in a few lines: the end of a long log is all that many people get to see.

const firstLines = (text, count = 12) =>
  (text ?? '')
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter(line => line.trim())
    .slice(0, count)
    .map(line => `      ${line.slice(0, 300)}`)
    .join('\n');

/** Failures of a Jest JSON report: a line for each test or suite, with the start of its message. */
export function jestFailures(report) {
  return (report?.testResults ?? []).flatMap(suite => {
    const tests = suite.assertionResults.filter(
      test => test.status === 'failed',
    );
    if (tests.length)
      return tests.map(
        test =>
          `${suite.name}\n    ${test.fullName}\n${firstLines(test.failureMessages?.[0])}`,
      );
    return suite.status === 'failed'
      ? [`${suite.name}\n${firstLines(suite.message)}`]
      : [];
  });
}

/** Failures of a Playwright JSON report, with the message of the last try. */
export function playwrightFailures(report) {
  const walk = suite => [
    ...(suite.specs ?? []).flatMap(spec =>
      spec.tests
        .filter(test => test.status === 'unexpected')
        .map(
          test =>
            `${spec.file}:${spec.line}\n    ${spec.title}\n${firstLines(
              test.results.at(-1)?.error?.message,
            )}`,
        ),
    ),
    ...(suite.suites ?? []).flatMap(walk),
  ];
  return [
    ...(report?.suites ?? []).flatMap(walk),
    ...(report?.errors ?? []).map(error => firstLines(error.message)),
  ];
}
