import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type {
  DeliverySettings,
  Environment,
} from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { strategyKind } from '../RolloutFacts';
import { CanarySteps } from './CanarySteps';
import {
  analysisOf,
  type StepDraft,
  type StrategyChoice,
} from './strategyDraft';

/** How to move: the tier's default, or one of the strategies that the environment's runtime knows. */
export function StrategyFields(props: {
  settings: DeliverySettings;
  environment: Environment;
  choice: StrategyChoice;
  steps: readonly StepDraft[];
  onChoice: (choice: StrategyChoice) => void;
  onSteps: (steps: StepDraft[]) => void;
}) {
  const { settings, environment, choice, steps, onChoice, onSteps } = props;
  const t = useT();
  const standard = settings.defaultStrategies[environment.tier];
  const runtime = settings.runtimes.find(
    one => one.name === environment.runtime,
  );
  const known = runtime?.strategies ?? ['rolling'];
  return (
    <FormControl sx={{ display: 'block' }}>
      <FormLabel id="delivery-strategy">{t('rollOut.strategy')}</FormLabel>
      <RadioGroup
        aria-labelledby="delivery-strategy"
        value={choice}
        onChange={event => onChoice(event.target.value as StrategyChoice)}
      >
        <FormControlLabel
          value="default"
          control={<Radio size="small" />}
          label={t('rollOut.defaultStrategy', {
            tier: t(`tier.${environment.tier}`),
            strategy: t(`strategy.${strategyKind(standard)}`),
          })}
        />
        {known.map(kind => (
          <FormControlLabel
            key={kind}
            value={kind}
            control={<Radio size="small" />}
            label={t(`strategyChoice.${kind}`)}
          />
        ))}
      </RadioGroup>
      {choice === 'canary' && (
        <CanarySteps
          steps={steps}
          analysis={analysisOf(standard)}
          onChange={onSteps}
        />
      )}
    </FormControl>
  );
}
