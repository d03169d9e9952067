import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type {
  Pipeline,
  PipelineStage,
} from '@slipway/backstage-plugin-delivery-common';
import {
  Panel,
  RelativeTime,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { DocumentSource } from '../../components/DocumentSource';
import { Fact, Facts } from '../../components/Facts';
import { strategyKind } from '../../components/RolloutFacts';
import {
  promotionWords,
  verificationWords,
} from '../../components/StagePolicy';
import { shortDigest } from '../../components/shortDigest';
import { useT } from '../../hooks/useT';
import { gateWords } from './gateWords';

function AppliesTo({ pipeline }: { pipeline: Pipeline }) {
  const t = useT();
  const { appliesTo, componentRef } = pipeline;
  const { systems = [], components = [] } = appliesTo ?? {};
  const refs = componentRef ? [componentRef] : [...systems, ...components];
  if (refs.length === 0) {
    return (
      <span>
        {t(
          pipeline.isDefault
            ? 'pipelines.appliesToAll'
            : 'pipelines.appliesToNamed',
        )}
      </span>
    );
  }
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {refs.map(ref => (
        <li key={ref}>
          <EntityRefLink entityRef={ref} />
        </li>
      ))}
    </Box>
  );
}

function StageRow({ stage }: { stage: PipelineStage }) {
  const t = useT();
  const gates = gateWords(t, stage);
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
        {stage.title ?? stage.name}
      </TableCell>
      <TableCell>
        <EntityRefLink entityRef={stage.environment} hideIcon />
      </TableCell>
      <TableCell>
        {stage.needs?.length ? stage.needs.join(', ') : t('pipelines.first')}
      </TableCell>
      <TableCell sx={{ minWidth: 200 }}>
        {gates.length > 0
          ? gates.map(words => <div key={words}>{words}</div>)
          : t('pipelines.noGates')}
      </TableCell>
      <TableCell>
        {stage.strategy
          ? t(`strategy.${strategyKind(stage.strategy)}`)
          : t('pipelines.tierStrategy')}
      </TableCell>
      <TableCell>
        {verificationWords(stage) ?? t('pipelines.noVerification')}
      </TableCell>
      <TableCell sx={{ minWidth: 200 }}>
        {promotionWords(t, stage).map(words => (
          <div key={words}>{words}</div>
        ))}
      </TableCell>
    </TableRow>
  );
}

/** One pipeline in force: where it comes from, whom it serves, and its stages. */
export function PipelineView({ pipeline }: { pipeline: Pipeline }) {
  const t = useT();
  const { componentRef } = pipeline;
  // Components name theirs as they like.
  const title = componentRef
    ? t('pipelines.own', { pipeline: pipeline.title, component: componentRef })
    : pipeline.title;
  const stages = t('pipelines.stages', { pipeline: title });
  return (
    <Panel
      title={title}
      actions={
        pipeline.isDefault && (
          <Chip size="small" label={t('pipelines.default')} sx={{ m: 0 }} />
        )
      }
      flush
    >
      <Box sx={{ px: 2, pb: 1 }}>
        {pipeline.description && (
          <Box sx={{ mb: 1 }}>{pipeline.description}</Box>
        )}
        <Facts>
          <Fact term={t('pipelines.source')}>
            <DocumentSource source={pipeline.source} />
          </Fact>
          <Fact term={t('pipelines.digest')}>
            <code title={pipeline.digest}>{shortDigest(pipeline.digest)}</code>
          </Fact>
          <Fact term={t('pipelines.loaded')}>
            <RelativeTime at={pipeline.loadedAt} />
          </Fact>
          <Fact term={t('pipelines.appliesTo')}>
            <AppliesTo pipeline={pipeline} />
          </Fact>
        </Facts>
      </Box>
      <ScrollTable label={stages}>
        <TableHead>
          <TableRow>
            <TableCell>{t('pipelines.stage')}</TableCell>
            <TableCell>{t('pipelines.environment')}</TableCell>
            <TableCell>{t('pipelines.needs')}</TableCell>
            <TableCell>{t('pipelines.gates')}</TableCell>
            <TableCell>{t('rollouts.strategy')}</TableCell>
            <TableCell>{t('pipelines.verification')}</TableCell>
            <TableCell>{t('pipelines.promotion')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {pipeline.stages.map(stage => (
            <StageRow key={stage.name} stage={stage} />
          ))}
        </TableBody>
      </ScrollTable>
    </Panel>
  );
}
