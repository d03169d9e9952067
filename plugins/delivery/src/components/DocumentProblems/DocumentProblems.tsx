import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import type { DocumentProblem } from '@slipway/backstage-plugin-delivery-common';
import { RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { DocumentSource } from '../DocumentSource';

/** Documents that were not taken: where, which line and field, and why. */
export function DocumentProblems({
  problems,
}: {
  problems: readonly DocumentProblem[];
}) {
  const t = useT();
  if (problems.length === 0) return null;
  return (
    <Alert severity="error" sx={{ mb: 3, overflowWrap: 'anywhere' }}>
      <AlertTitle>{t('pipelines.problems')}</AlertTitle>
      {t('pipelines.problemsHelp')}
      <Box
        component="ul"
        aria-label={t('pipelines.problems')}
        sx={{ m: 0, pl: 2.5 }}
      >
        {problems.map(
          ({ source, componentRef, line, field, detail, since }) => (
            <li
              key={`${componentRef ?? ''} ${source} ${line ?? ''} ${field ?? ''} ${detail}`}
            >
              <strong>
                <DocumentSource source={source} />
              </strong>
              {componentRef && (
                <>
                  {' '}
                  (<EntityRefLink entityRef={componentRef} hideIcon />)
                </>
              )}
              {line !== undefined &&
                `, ${t('pipelines.problemLine', { line: String(line) })}`}
              {field && (
                <>
                  , <code>{field}</code>
                </>
              )}
              : {detail} ({t('pipelines.since')} <RelativeTime at={since} />)
            </li>
          ),
        )}
      </Box>
    </Alert>
  );
}
