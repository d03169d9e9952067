import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router-dom';
import type { StartPromotionRequest } from '@slipway/backstage-plugin-delivery-common';
import {
  ReasonButton,
  SkeletonRows,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { usePromotionPlan } from '../../hooks/usePromotionPlan';
import { useT } from '../../hooks/useT';
import type { ChosenComponent } from './chosenComponent';
import { ComponentPicker } from './ComponentPicker';
import { fieldProblems } from './fieldProblems';
import { ItemRow } from './ItemRow';
import { PlanView } from './PlanView';
import { ProblemAlert } from './ProblemAlert';

/** The most components that the API takes as one unit. */
const MOST_COMPONENTS = 50;

/** The fields of a promotion to start, and what it will do. */
export function PromotionForm(props: {
  first?: ChosenComponent;
  onClose: () => void;
}) {
  const { first, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const navigate = useNavigate();
  const links = useDeliveryLinks();
  const [chosen, setChosen] = useState<ChosenComponent[]>(first ? [first] : []);
  const [toStage, setToStage] = useState('');
  const [reason, setReason] = useState('');

  const items = chosen.map(({ ref, releaseId }) => ({
    componentRef: ref,
    releaseId,
  }));
  const hasItems = items.length > 0;
  // The whole way is what the last stage is chosen from.
  const wholeWay = usePromotionPlan(hasItems ? { items } : null);
  const plan = usePromotionPlan(
    hasItems ? { items, ...(toStage && { toStage }) } : null,
  );
  const stages = wholeWay.data?.stages ?? [];
  const submission = useSubmission((body: StartPromotionRequest, key: string) =>
    api.startPromotion(body, { idempotencyKey: key }),
  );
  const planProblems = fieldProblems(plan.error);
  const startProblems = fieldProblems(submission.error);
  const problems = planProblems ?? startProblems;

  const blockedBy = () => {
    if (!hasItems) return t('promote.none');
    if (planProblems) return planProblems.message;
    const runsAll = plan.data?.stages.every(
      ({ runs }) => runs.length === items.length,
    );
    return runsAll ? t('promote.nothingToDo') : undefined;
  };

  const start = async () => {
    const promotion = await submission.submit({
      items,
      ...(toStage && { toStage }),
      ...(reason.trim() && { reason: reason.trim() }),
    });
    if (!promotion) return;
    onClose();
    const link = links.promotion(promotion.id);
    if (link) navigate(link);
  };

  return (
    <>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {startProblems && (
          <ProblemAlert title={t('promote.failed')} problems={startProblems} />
        )}
        <DialogContentText sx={{ color: 'text.primary' }}>
          {t('promote.intro')}
        </DialogContentText>
        <Box
          component="ul"
          aria-label={t('promote.items')}
          sx={{ m: 0, p: 0, listStyle: 'none' }}
        >
          {chosen.map((component, index) => (
            <ItemRow
              key={component.ref}
              component={component}
              problem={problems?.items.get(index)}
              onRelease={releaseId =>
                setChosen(
                  chosen.map(one =>
                    one === component ? { ...one, releaseId } : one,
                  ),
                )
              }
              onRemove={() =>
                setChosen(chosen.filter(one => one !== component))
              }
            />
          ))}
        </Box>
        {chosen.length < MOST_COMPONENTS && (
          <ComponentPicker
            except={new Set(chosen.map(({ ref }) => ref))}
            onPick={component => setChosen([...chosen, component])}
          />
        )}
        <TextField
          select
          size="small"
          label={t('promote.toStage')}
          value={stages.some(({ name }) => name === toStage) ? toStage : ''}
          onChange={event => setToStage(event.target.value)}
          disabled={stages.length === 0}
          error={Boolean(problems?.toStage)}
          helperText={problems?.toStage}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
        >
          <MenuItem value="">{t('promote.everyStage')}</MenuItem>
          {stages.map(({ name, title }) => (
            <MenuItem key={name} value={name}>
              {title}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          size="small"
          label={t('form.reason')}
          helperText={t('form.reasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
          multiline
        />
        <Box component="section" aria-live="polite">
          <Typography component="h3" sx={{ fontSize: 16, fontWeight: 600 }}>
            {t('promote.plan')}
          </Typography>
          {!hasItems && t('promote.planNone')}
          {hasItems && plan.loading && <SkeletonRows rows={3} height={24} />}
          {planProblems && (
            <ProblemAlert
              title={t('promote.planFailed')}
              problems={planProblems}
            />
          )}
          {!planProblems && plan.data && <PlanView plan={plan.data} />}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <ReasonButton
          variant="contained"
          reason={blockedBy()}
          disabled={!plan.data || submission.submitting}
          onClick={start}
        >
          {t('promote.submit')}
        </ReasonButton>
      </DialogActions>
    </>
  );
}
