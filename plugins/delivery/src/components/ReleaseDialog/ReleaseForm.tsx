import { useMemo, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type {
  CreateReleaseRequest,
  DeliverySettings,
  Environment,
  Release,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';
import { draftFrom, FIRST_DRAFT, healthAt } from './draft';
import { fieldProblem, schemaFields, specOf } from './schemaFields';
import { SchemaFieldInput } from './SchemaFieldInput';
import { VariableFields } from './VariableFields';
import { configurationOf, variableProblems } from './variables';

const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** The fields of a release, those of its artifact as the kind's schema says. */
export function ReleaseForm(props: {
  componentRef: string;
  artifactKinds: DeliverySettings['artifactKinds'];
  environments: readonly Environment[];
  /** The newest release, which the next one is like. */
  last?: Release;
  onCreated: (release: Release) => void;
  onClose: () => void;
}) {
  const { componentRef, artifactKinds, environments, onCreated, onClose } =
    props;
  // Another release that is recorded meanwhile does not change what somebody is typing.
  const [last] = useState(props.last);
  const [draft] = useState(() =>
    last ? draftFrom(last, artifactKinds) : FIRST_DRAFT,
  );
  const t = useT();
  const api = useApi(deliveryApiRef);
  const [version, setVersion] = useState('');
  const [kind, setKind] = useState(
    draft.kind ?? artifactKinds.at(0)?.kind ?? '',
  );
  const [typed, setTyped] = useState(draft.typed);
  const [variables, setVariables] = useState(draft.variables);
  const [healthPath, setHealthPath] = useState(draft.healthPath);
  const [notes, setNotes] = useState('');
  const [tried, setTried] = useState(false);
  const submission = useSubmission((body: CreateReleaseRequest, key: string) =>
    api.createRelease(body, { idempotencyKey: key }),
  );

  const fields = useMemo(
    () =>
      schemaFields(artifactKinds.find(one => one.kind === kind)?.schema ?? {}),
    [artifactKinds, kind],
  );
  const values = Object.fromEntries(
    fields.map(({ name, followsVersion, initial }) => [
      name,
      typed[name] ?? (followsVersion ? version : initial),
    ]),
  );
  const isVersionValid = VERSION.test(version.trim());
  const isHealthPathValid = !healthPath || healthPath.startsWith('/');
  const isValid =
    isVersionValid &&
    isHealthPathValid &&
    variableProblems(variables).size === 0 &&
    fields.every(field => !fieldProblem(field, values[field.name]));

  const create = async () => {
    setTried(true);
    if (!isValid) return;
    const secretRefs = last?.configuration.secretRefs ?? {};
    const configuration = {
      ...configurationOf(variables),
      ...(Object.keys(secretRefs).length > 0 && { secretRefs }),
    };
    const health = healthAt(healthPath.trim(), last?.health);
    const release = await submission.submit({
      componentRef,
      version: version.trim(),
      artifact: { kind, spec: specOf(fields, values) },
      ...(Object.keys(configuration).length > 0 && { configuration }),
      ...(Object.keys(health).length > 0 && { health }),
      ...(notes.trim() && { notes: notes.trim() }),
    });
    if (release) onCreated(release);
  };

  if (artifactKinds.length === 0) {
    return (
      <>
        <DialogContent>
          <Alert severity="info">{t('newRelease.noKinds')}</Alert>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
        </DialogActions>
      </>
    );
  }
  return (
    <>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner
            title={t('newRelease.failed')}
            error={submission.error}
          />
        )}
        {last && (
          <Alert severity="info">
            {t('newRelease.asBefore', { version: last.version })}
          </Alert>
        )}
        <TextField
          label={t('newRelease.version')}
          required
          value={version}
          onChange={event => setVersion(event.target.value)}
          error={(tried || Boolean(version)) && !isVersionValid}
          helperText={t('newRelease.versionHelp')}
          inputProps={{ maxLength: 128 }}
          sx={{ mt: 1 }}
        />
        <TextField
          select
          label={t('newRelease.kind')}
          value={kind}
          onChange={event => {
            setKind(event.target.value);
            setTyped({});
          }}
        >
          {artifactKinds.map(one => (
            <MenuItem key={one.kind} value={one.kind}>
              {one.title}
            </MenuItem>
          ))}
        </TextField>
        {fields.map(field => (
          <SchemaFieldInput
            key={`${kind} ${field.name}`}
            field={field}
            value={values[field.name]}
            showProblems={tried}
            onChange={value => setTyped({ ...typed, [field.name]: value })}
          />
        ))}
        <TextField
          label={t('newRelease.healthPath')}
          value={healthPath}
          onChange={event => setHealthPath(event.target.value)}
          error={!isHealthPathValid}
          helperText={
            isHealthPathValid
              ? t('newRelease.healthPathHelp')
              : t('newRelease.healthPathProblem')
          }
          inputProps={{ maxLength: 512 }}
        />
        <VariableFields
          variables={variables}
          environments={environments}
          onChange={setVariables}
        />
        <TextField
          label={t('newRelease.notes')}
          value={notes}
          onChange={event => setNotes(event.target.value)}
          inputProps={{ maxLength: 10000 }}
          multiline
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button
          variant="contained"
          disabled={submission.submitting}
          onClick={create}
        >
          {t('newRelease.submit')}
        </Button>
      </DialogActions>
    </>
  );
}
