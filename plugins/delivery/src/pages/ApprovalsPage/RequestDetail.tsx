import { useState } from 'react';
import { Link, MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type {
  ApprovalDecision,
  RequestApproval,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  Panel,
  ReasonButton,
  ReasonDialog,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { ApprovalActions } from '../../components/ApprovalActions';
import { Fact, Facts } from '../../components/Facts';
import { GateList } from '../../components/Gates';
import { useRefreshApprovals } from '../../hooks/useRefreshApprovals';
import { useT } from '../../hooks/useT';
import { Part } from './Part';
import { RequestDetails } from './RequestDetails';

/** A request that belongs to no rollout: what is asked in words, the facts, what it waits for, and the buttons to vote. */
export function RequestDetail(props: {
  approval: RequestApproval;
  asking?: ApprovalDecision;
  onAsk: (decision: ApprovalDecision | undefined) => void;
}) {
  const { approval, asking, onAsk } = props;
  const { request } = approval;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const refresh = useRefreshApprovals();
  const [withdraws, setWithdraws] = useState(false);
  const mayWithdraw = approval.allowedActions.withdrawRequest?.allowed;
  return (
    <Panel title={request.title}>
      <ApprovalActions approval={approval} asking={asking} onAsk={onAsk} />
      {mayWithdraw && (
        <Box sx={{ mb: 2 }}>
          <ReasonButton variant="outlined" onClick={() => setWithdraws(true)}>
            {t('approvals.request.withdraw')}
          </ReasonButton>
        </Box>
      )}
      <Facts>
        <Fact term={t('rollouts.state')}>
          {t(`approvals.state.${approval.state}`)}
        </Fact>
        <Fact term={t('approvals.askedBy')}>
          <ActorLink actor={request.requestedBy} />{' '}
          <RelativeTime at={request.requestedAt} />
        </Fact>
        {request.componentRef && (
          <Fact term={t('approvals.request.component')}>
            <ActorLink actor={request.componentRef} />
          </Fact>
        )}
        {request.link && (
          <Fact term={t('approvals.request.link')}>
            <Link to={request.link}>{request.link}</Link>
          </Fact>
        )}
        {request.reason && (
          <Fact term={t('approvals.request.withdrawnBecause')}>
            {request.reason}
          </Fact>
        )}
      </Facts>
      {request.description && (
        <Part title={t('approvals.request.description')}>
          <MarkdownContent content={request.description} />
        </Part>
      )}
      {request.details && (
        <Part title={t('approvals.request.details')}>
          <RequestDetails details={request.details} />
        </Part>
      )}
      <Part title={t('gates.title')}>
        <GateList
          label={t('gates.items')}
          gates={[request.gate]}
          requestedBy={request.requestedBy}
        />
      </Part>
      {withdraws && (
        <ReasonDialog
          title={t('approvals.request.withdrawTitle', { title: request.title })}
          text={t('approvals.request.withdrawText')}
          submit={t('approvals.request.withdraw')}
          failed={t('approvals.request.withdrawFailed')}
          color="error"
          body={reason => ({ reason })}
          send={(body, options) =>
            api.withdrawApprovalRequest(approval.id, body, options)
          }
          onDone={() => {
            setWithdraws(false);
            refresh();
          }}
          onClose={() => setWithdraws(false)}
        />
      )}
    </Panel>
  );
}
