// What failed, from the reports, in a few lines: the end of a long log is all that many people get to see.
import { readFileSync } from 'node:fs';

const firstLines = (text, count = 12) =>
  (text ?? '')
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter(line => line.trim())
    .slice(0, count)
    .map(line => `      ${line.slice(0, 300)}`)
    .join('\n');

/** The files of a Jest JSON report that have a failed test, or did not load. */
export function failedSuites(report) {
  return (report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => name);
}

/** How many tests of a Jest JSON report passed, failed and were skipped. */
export function jestCounts(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of report?.testResults ?? []) {
    for (const { status } of suite.assertionResults)
      counts[['passed', 'failed'].includes(status) ? status : 'skipped'] += 1;
    // A suite that does not even load has no tests to count.
    if (
      suite.status === 'failed' &&
      !suite.assertionResults.some(({ status }) => status === 'failed')
    )
      counts.failed += 1;
  }
  return counts;
}

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

/** The suites of a Jest JSON report that took longest, a line each. */
export function slowestSuites(report, count = 12) {
  return (report?.testResults ?? [])
    .map(({ endTime, name, startTime }) => ({
      name,
      seconds: Math.round((endTime - startTime) / 1000),
    }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(
      ({ name, seconds }) =>
        `${String(seconds).padStart(5)} s  ${name.replace(`${process.cwd()}/`, '')}`,
    );
}

/** Failures of a Playwright JSON report, with the message of the last try. */
export function playwrightFailures(report) {
  return [
    ...testsWithStatus(report, 'unexpected').map(({ spec, test }) => {
      const last = test.results.at(-1);
      return `${nameOf(spec)}\n${firstLines(last?.error?.message)}\n${pageOf(last)}`;
    }),
    ...(report?.errors ?? []).map(error => firstLines(error.message)),
  ];
}

/** Tests of a Playwright JSON report that failed first, with the message of that. */
export function playwrightFlaky(report) {
  return testsWithStatus(report, 'flaky').map(
    ({ spec, test }) =>
      `${nameOf(spec)}\n${firstLines(test.results.find(({ error }) => error)?.error.message)}`,
  );
}

/** What stood on the page when a test failed, as Playwright attaches it. */
function pageOf(result) {
  const path = result?.attachments?.find(
    ({ name }) => name === 'error-context',
  )?.path;
  try {
    return path ? firstLines(readFileSync(path, 'utf8'), 80) : '';
  } catch {
    return '';
  }
}

const nameOf = spec => `${spec.file}:${spec.line}\n    ${spec.title}`;

function testsWithStatus(report, status) {
  const walk = suite => [
    ...(suite.specs ?? []).flatMap(spec =>
      spec.tests
        .filter(test => test.status === status)
        .map(test => ({ spec, test })),
    ),
    ...(suite.suites ?? []).flatMap(walk),
  ];
  return (report?.suites ?? []).flatMap(walk);
}
