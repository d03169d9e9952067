import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Gate,
  PipelineStage,
} from '@slipway/backstage-plugin-delivery-common';
import { durationWords } from '../../components/StagePolicy';
import type { T } from '../../hooks/useT';

const nameOf = (ref: string) => parseEntityRef(ref).name;

function wordsOf(t: T, gate: Gate): string[] {
  const { approval, soak, policy } = gate;
  return [
    ...(approval
      ? [
          t('pipelines.gateWords.approval', {
            who: [
              ...(approval.rules ?? []).map(rule =>
                t('pipelines.gateWords.approvalRule', {
                  number: String(rule.atLeast),
                  group: nameOf(rule.group),
                }),
              ),
              ...(approval.approvers ?? []).map(nameOf),
            ].join(', '),
          }),
        ]
      : []),
    ...(soak
      ? [
          t('pipelines.gateWords.soak', {
            duration: durationWords(t, soak.duration),
          }),
        ]
      : []),
    ...(policy
      ? [
          t('pipelines.gateWords.policy', {
            rules: policy.rules.map(rule => rule.name).join(', '),
          }),
        ]
      : []),
  ];
}

/** What must hold before a stage, each gate in a few words. */
export function gateWords(t: T, stage: PipelineStage): string[] {
  return (stage.gates ?? []).flatMap(gate => wordsOf(t, gate));
}
