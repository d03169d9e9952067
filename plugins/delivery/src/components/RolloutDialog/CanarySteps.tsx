import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import DeleteIcon from '@mui/icons-material/DeleteOutline';
import type { AnalysisTemplate } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { newStepId, stepProblems, type StepDraft } from './strategyDraft';

function StepFields(props: {
  step: StepDraft;
  problem?: string;
  onChange: (step: StepDraft) => void;
}) {
  const { step, problem, onChange } = props;
  const t = useT();
  switch (step.kind) {
    case 'setWeight':
      return (
        <TextField
          size="small"
          label={t('canary.weight')}
          value={step.weight}
          inputProps={{ inputMode: 'numeric' }}
          error={Boolean(problem)}
          helperText={problem}
          onChange={event => onChange({ ...step, weight: event.target.value })}
        />
      );
    case 'pause':
      return (
        <TextField
          size="small"
          label={t('canary.pause')}
          value={step.duration}
          placeholder={t('canary.pauseForPerson')}
          InputLabelProps={{ shrink: true }}
          error={Boolean(problem)}
          helperText={problem ?? t('canary.pauseHelp')}
          onChange={event =>
            onChange({ ...step, duration: event.target.value })
          }
        />
      );
    case 'analysis':
      return (
        <Typography>
          {t('canary.analysis', {
            metrics: step.template.metrics.map(one => one.name).join(', '),
          })}
        </Typography>
      );
    default:
      return (
        <Typography>
          <code>{JSON.stringify(step.step)}</code>
        </Typography>
      );
  }
}

/** The steps of a canary, as rows. */
export function CanarySteps(props: {
  steps: readonly StepDraft[];
  /** What an added analysis measures; undefined: none can be added. */
  analysis?: AnalysisTemplate;
  onChange: (steps: StepDraft[]) => void;
}) {
  const { steps, analysis, onChange } = props;
  const t = useT();
  const problems = stepProblems(steps);
  return (
    <Box>
      <Box
        component="ol"
        aria-label={t('canary.title')}
        sx={{ pl: 3, my: 1, typography: 'body2' }}
      >
        {steps.map((step, index) => {
          const problem = problems.get(step.id);
          return (
            <Box component="li" key={step.id} sx={{ mb: 1.5 }}>
              <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
                <Box sx={{ flexGrow: 1, minWidth: 0 }}>
                  <StepFields
                    step={step}
                    problem={problem && t(`canary.problem.${problem}`)}
                    onChange={next =>
                      onChange(
                        steps.map(one => (one.id === step.id ? next : one)),
                      )
                    }
                  />
                </Box>
                <IconButton
                  aria-label={t('canary.remove', { step: String(index + 1) })}
                  disabled={steps.length === 1}
                  onClick={() =>
                    onChange(steps.filter(one => one.id !== step.id))
                  }
                >
                  <DeleteIcon />
                </IconButton>
              </Box>
            </Box>
          );
        })}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          size="small"
          onClick={() =>
            onChange([
              ...steps,
              { id: newStepId(), kind: 'setWeight', weight: '100' },
            ])
          }
        >
          {t('canary.addWeight')}
        </Button>
        <Button
          size="small"
          onClick={() =>
            onChange([
              ...steps,
              { id: newStepId(), kind: 'pause', duration: '1m' },
            ])
          }
        >
          {t('canary.addPause')}
        </Button>
        {analysis && (
          <Button
            size="small"
            onClick={() =>
              onChange([
                ...steps,
                { id: newStepId(), kind: 'analysis', template: analysis },
              ])
            }
          >
            {t('canary.addAnalysis')}
          </Button>
        )}
      </Box>
    </Box>
  );
}
