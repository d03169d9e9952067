import { useEffect, useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { ApprovalDecision } from '@slipway/backstage-plugin-delivery-common';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  PageShell,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { mayDecide } from '../../components/ApprovalActions';
import { ApprovalList } from '../../components/ApprovalList';
import { CursorPager } from '../../components/CursorPager';
import { DelegationsPanel } from '../../components/Delegations';
import { DeliveryNav } from '../../components/DeliveryNav';
import { useApproval } from '../../hooks/useApproval';
import { useApprovals } from '../../hooks/useApprovals';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { ApprovalDetail } from './ApprovalDetail';
import { approvalsUrlDefaults, VIEWS, viewOf } from './approvalsUrlState';
import { KeysDialog } from './KeysDialog';
import { useInboxKeys } from './useInboxKeys';
import { useKeysSwitch } from './useKeysSwitch';

const PAGE_SIZE = 25;

/** The inbox: what waits for the person, what they asked or voted, what is decided, and what must be reviewed. */
export function ApprovalsPage() {
  const t = useT();
  const links = useDeliveryLinks();
  const [state, setState] = useUrlState(approvalsUrlDefaults);
  const view = viewOf(state.view);
  const approvals = useApprovals({
    view,
    limit: PAGE_SIZE,
    ...(state.cursor && { cursor: state.cursor }),
  });
  const chosen = useApproval(state.id || undefined);
  const [asking, setAsking] = useState<ApprovalDecision>();
  const [showsKeys, setShowsKeys] = useState(false);
  const [keysOn, setKeysOn] = useKeysSwitch();
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);

  // On small screens what was chosen lies below the list, maybe out of sight.
  useEffect(() => {
    if (state.id) detail.current?.scrollIntoView?.({ block: 'nearest' });
  }, [state.id]);
  // A dialog is about what was chosen when it was opened.
  useEffect(() => setAsking(undefined), [state.id]);

  const linkTo = (id: string) => {
    if (!links.approvals) return undefined;
    const params = new URLSearchParams({
      ...(view !== approvalsUrlDefaults.view && { view }),
      ...(state.cursor && { cursor: state.cursor }),
      id,
    });
    return `${links.approvals}?${params}`;
  };

  const ask = (decision: ApprovalDecision) => {
    if (mayDecide(chosen.data, decision)) setAsking(decision);
  };
  useInboxKeys(keysOn, list, {
    move: step => {
      const items = approvals.data?.items ?? [];
      const at = items.findIndex(one => one.id === state.id);
      const next = at < 0 ? 0 : at + step;
      if (!items[next]) return;
      setState({ id: items[next].id });
      list.current
        ?.querySelectorAll<HTMLElement>('[data-approval]')
        [next]?.focus();
    },
    approve: () => ask('approve'),
    reject: () => ask('reject'),
    help: () => setShowsKeys(true),
  });

  return (
    <PageShell
      title={t('approvals.title')}
      breadcrumb={t('approvals.title')}
      actions={<DeliveryNav />}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          mb: 2,
        }}
      >
        <Tabs
          value={view}
          aria-label={t('approvals.views')}
          variant="scrollable"
          allowScrollButtonsMobile
          onChange={(_, next) =>
            setState({ view: next, cursor: '', id: '' }, { push: true })
          }
        >
          {VIEWS.map(one => (
            <Tab
              key={one}
              value={one}
              label={t(`approvals.view.${one}`)}
              sx={{ textTransform: 'none' }}
            />
          ))}
        </Tabs>
        <Button size="small" onClick={() => setShowsKeys(true)}>
          {t('approvals.keys.open')}
        </Button>
      </Box>
      <Box
        sx={{
          display: 'grid',
          columnGap: 3,
          alignItems: 'start',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            lg: 'minmax(0, 2fr) minmax(0, 3fr)',
          },
        }}
      >
        <div ref={list}>
          <Panel title={t(`approvals.view.${view}`)} flush>
            <Loaded
              query={approvals}
              errorTitle={t('approvals.failed')}
              isEmpty={({ items }) => items.length === 0}
              empty={
                <EmptyState
                  title={t(`approvals.empty.${view}`)}
                  description={t(`approvals.emptyHelp.${view}`)}
                >
                  {links.root && (
                    <ButtonLink to={links.root} variant="outlined">
                      {t('matrix.pageTitle')}
                    </ButtonLink>
                  )}
                </EmptyState>
              }
            >
              {({ items, page }) => (
                <>
                  <ApprovalList
                    label={t(`approvals.view.${view}`)}
                    approvals={items}
                    selectedId={state.id}
                    linkOf={linkTo}
                  />
                  <CursorPager
                    list={t('approvals.title')}
                    page={page}
                    cursor={state.cursor}
                    onCursor={cursor =>
                      setState({ cursor, id: '' }, { push: true })
                    }
                  />
                </>
              )}
            </Loaded>
          </Panel>
        </div>
        <Box
          ref={detail}
          role="region"
          aria-label={t('approvals.detail')}
          sx={{
            minWidth: 0,
            position: { lg: 'sticky' },
            top: { lg: 16 },
            maxHeight: { lg: 'calc(100vh - 32px)' },
            overflowY: { lg: 'auto' },
          }}
          tabIndex={0}
        >
          {state.id ? (
            <Loaded query={chosen} errorTitle={t('approvals.oneFailed')}>
              {approval => (
                <ApprovalDetail
                  key={approval.id}
                  approval={approval}
                  asking={asking}
                  onAsk={setAsking}
                />
              )}
            </Loaded>
          ) : (
            <EmptyState
              title={t('approvals.choose')}
              description={t('approvals.chooseHelp')}
            />
          )}
        </Box>
      </Box>
      <DelegationsPanel />
      {showsKeys && (
        <KeysDialog
          on={keysOn}
          onSwitch={setKeysOn}
          onClose={() => setShowsKeys(false)}
        />
      )}
    </PageShell>
  );
}
