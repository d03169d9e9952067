import { useState } from 'react';
import type { Release } from '@slipway/backstage-plugin-delivery-common';
import {
  EmptyState,
  Loaded,
  Panel,
  ReasonButton,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { CursorPager } from '../../components/CursorPager';
import { JudgeReleaseDialog } from '../../components/JudgeReleaseDialog';
import { ReleasesTable } from '../../components/ReleasesTable';
import { useReleases } from '../../hooks/useReleases';
import { useT } from '../../hooks/useT';

const defaults = { cursor: '' };

/** The releases of one component. */
export function ReleasesPanel(props: {
  componentRef: string;
  componentTitle: string;
  onRollOut: (release: Release) => void;
  onPromote: (release: Release) => void;
  onCreate: () => void;
  /** Why the person may not record one. */
  refusal?: string;
}) {
  const { componentRef, componentTitle, onCreate, refusal } = props;
  const t = useT();
  const [{ cursor }, setState] = useUrlState(defaults, 'releases.');
  const [judging, setJudging] = useState<{
    release: Release;
    verdict: 'reject' | 'unreject';
  }>();
  const query = useReleases(componentRef, {
    cursor: cursor || undefined,
    limit: 10,
  });
  const create = (
    <ReasonButton
      variant="contained"
      size="small"
      reason={refusal}
      onClick={onCreate}
    >
      {t('newRelease.open')}
    </ReasonButton>
  );
  const isEmpty = query.data?.items.length === 0;
  return (
    <Panel
      title={t('releases.title')}
      actions={isEmpty ? undefined : create}
      flush
    >
      <Loaded
        query={query}
        errorTitle={t('releases.failed')}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t('releases.empty')}
            description={t('releases.emptyHelp')}
          >
            {create}
          </EmptyState>
        }
      >
        {({ items, page }) => (
          <>
            <ReleasesTable
              releases={items}
              onRollOut={props.onRollOut}
              onPromote={props.onPromote}
              onJudge={(release, verdict) => setJudging({ release, verdict })}
            />
            <CursorPager
              list={t('releases.title')}
              page={page}
              cursor={cursor}
              onCursor={next => setState({ cursor: next }, { push: true })}
            />
          </>
        )}
      </Loaded>
      {judging && (
        <JudgeReleaseDialog
          {...judging}
          componentTitle={componentTitle}
          onClose={() => setJudging(undefined)}
        />
      )}
    </Panel>
  );
}
