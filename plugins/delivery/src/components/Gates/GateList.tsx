import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import CheckIcon from '@mui/icons-material/CheckCircle';
import CrossIcon from '@mui/icons-material/Cancel';
import WarningIcon from '@mui/icons-material/ReportProblem';
import type { GateStatus } from '@slipway/backstage-plugin-delivery-common';
import {
  formatInstant,
  RelativeTime,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { GateWord } from '../Status';
import { statusLine } from '../statusLine';
import { ApprovalProgressView } from './ApprovalProgressView';
import { GateMeasurements } from './GateMeasurements';
import { Labelled } from './Labelled';

type PolicyRuleStatus = NonNullable<GateStatus['rules']>[number];

function PolicyRuleView({ rule }: { rule: PolicyRuleStatus }) {
  const t = useT();
  const isWarning = rule.severity === 'warn';
  return (
    <Box component="li" sx={statusLine}>
      {rule.holds ? (
        <StatusWord icon={CheckIcon} tone="success" label={t('gates.holds')} />
      ) : (
        <StatusWord
          icon={isWarning ? WarningIcon : CrossIcon}
          tone={isWarning ? 'warning' : 'error'}
          label={t(isWarning ? 'gates.warns' : 'gates.breaks')}
        />
      )}
      <span>
        <strong>{rule.name}</strong>
        {!rule.holds && `: ${rule.message}`}
      </span>
    </Box>
  );
}

const plainList = { m: 0, p: 0, listStyle: 'none' };

function Gate(props: { gate: GateStatus; requestedBy?: string }) {
  const { gate, requestedBy } = props;
  const t = useT();
  const kind = t(`gates.kind.${gate.kind}`);
  return (
    <Box
      component="li"
      sx={{
        listStyle: 'none',
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0, pt: 0 },
        '&:last-of-type': { pb: 0 },
        overflowWrap: 'anywhere',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 1.5,
        }}
      >
        <GateWord status={gate.status} />
        <Typography component="span" sx={{ fontWeight: 600, fontSize: 15 }}>
          {gate.name}
        </Typography>
        {kind !== gate.name && (
          <Typography
            component="span"
            variant="body2"
            sx={{ color: 'text.secondary' }}
          >
            {kind}
          </Typography>
        )}
      </Box>
      <div>{gate.message}</div>
      {gate.until && gate.status !== 'passed' && (
        <div>
          {t('gates.until')} {formatInstant(gate.until)} (
          <RelativeTime at={gate.until} mayCome />)
        </div>
      )}
      {gate.approval && (
        <ApprovalProgressView
          progress={gate.approval}
          requestedBy={requestedBy}
        />
      )}
      {gate.rules && gate.rules.length > 0 && (
        <Labelled label={t('gates.policyRules')}>
          <Box
            component="ul"
            aria-label={t('gates.policyRules')}
            sx={plainList}
          >
            {gate.rules.map(rule => (
              <PolicyRuleView key={rule.name} rule={rule} />
            ))}
          </Box>
        </Labelled>
      )}
      {gate.metrics && gate.metrics.length > 0 && (
        <GateMeasurements metrics={gate.metrics} />
      )}
      {gate.windows && gate.windows.length > 0 && (
        <Labelled label={t('gates.windows')}>
          <Box component="ul" aria-label={t('gates.windows')} sx={plainList}>
            {gate.windows.map(window => (
              <li key={`${window.name} ${window.start ?? ''}`}>
                {t(`gates.window.${window.type}`)} “{window.title}”
                {window.start && window.end && (
                  <>
                    :{' '}
                    {t('gates.windowTimes', {
                      start: formatInstant(window.start),
                      end: formatInstant(window.end),
                    })}
                  </>
                )}
              </li>
            ))}
          </Box>
        </Labelled>
      )}
    </Box>
  );
}

/** What must hold, gate by gate, in words. */
export function GateList(props: {
  label: string;
  gates: readonly GateStatus[];
  requestedBy?: string;
}) {
  const { label, gates, requestedBy } = props;
  const t = useT();
  if (gates.length === 0) return <div>{t('gates.none')}</div>;
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0 }}>
      {gates.map(gate => (
        <Gate
          key={`${gate.kind} ${gate.name}`}
          gate={gate}
          requestedBy={requestedBy}
        />
      ))}
    </Box>
  );
}
