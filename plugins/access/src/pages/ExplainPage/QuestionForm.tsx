import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { ErrorBanner } from '@slipway/backstage-plugin-slipway-react';
import { useActions, usePeople } from '../../hooks/useAccess';
import { useT } from '../../hooks/useT';
import { ActionField } from './ActionField';
import { EntityField } from './EntityField';
import { PersonField } from './PersonField';

export interface Question {
  user: string;
  action: string;
  component: string;
  environment: string;
}

/** What could not be read leaves an empty list, and the field usable. */
const unknown = ({ error }: { error?: unknown }) => (error ? [] : undefined);

/** Who, what, on what and where. */
export function QuestionForm(props: {
  question: Question;
  onChange: (patch: Partial<Question>) => void;
}) {
  const { question, onChange } = props;
  const t = useT();
  const people = usePeople();
  const actions = useActions();
  const isAlone = people.data?.length === 1;
  return (
    <>
      {isAlone && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {t('explain.onlyYou')}
        </Alert>
      )}
      {[people, actions].map(
        ({ error, retry }, index) =>
          Boolean(error) && (
            <ErrorBanner
              key={index}
              title={t('page.failed')}
              error={error}
              onRetry={retry}
            />
          ),
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
          alignItems: 'start',
        }}
      >
        <PersonField
          people={people.data ?? unknown(people)}
          value={question.user}
          onChange={user => onChange({ user })}
        />
        <ActionField
          actions={actions.data ?? unknown(actions)}
          value={question.action}
          onChange={action => onChange({ action })}
        />
        <EntityField
          label={t('explain.component')}
          help={t('explain.componentHelp')}
          filter={{ kind: 'component' }}
          value={question.component}
          onChange={component => onChange({ component })}
        />
        <EntityField
          label={t('explain.environment')}
          help={t('explain.environmentHelp')}
          filter={{ kind: 'resource', 'spec.type': 'environment' }}
          value={question.environment}
          onChange={environment => onChange({ environment })}
        />
      </Box>
    </>
  );
}
