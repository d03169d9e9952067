import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyState,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import useSWR from 'swr';
import { AccessShell } from '../../components/AccessShell';
import { ReadOrRefused } from '../../components/ReadOrRefused';
import { useExplanation } from '../../hooks/useAccess';
import { useT } from '../../hooks/useT';
import { Explanation } from './Explanation';
import { QuestionForm } from './QuestionForm';

const defaults = { user: '', action: '', component: '', environment: '' };

/** Whether one person may do one thing, and why. The whole question stands in the URL. */
export function ExplainPage() {
  const t = useT();
  const identity = useApi(identityApiRef);
  const { data: me } = useSWR(['access', 'me'], () =>
    identity.getBackstageIdentity(),
  );
  const [state, setState] = useUrlState(defaults);
  const question = { ...state, user: state.user || me?.userEntityRef || '' };
  const explanation = useExplanation(question);
  return (
    <AccessShell view="explain">
      <Panel title={t('explain.question')}>
        <QuestionForm
          question={question}
          onChange={patch => setState(patch, { push: true })}
        />
      </Panel>
      <Panel title={t('explain.answer')} last>
        {question.action ? (
          <ReadOrRefused query={explanation}>
            {answer => <Explanation explanation={answer} />}
          </ReadOrRefused>
        ) : (
          <EmptyState
            title={t('explain.nothingAsked')}
            description={t('explain.nothingAskedHelp')}
          />
        )}
      </Panel>
    </AccessShell>
  );
}
