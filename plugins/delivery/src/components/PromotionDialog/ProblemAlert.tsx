import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type { FieldProblems } from './fieldProblems';

/** What was refused as a whole; what is about one field stands at the field. */
export function ProblemAlert(props: {
  title: string;
  problems: FieldProblems;
}) {
  const { title, problems } = props;
  return (
    <Alert severity="error" sx={{ overflowWrap: 'anywhere' }}>
      <AlertTitle>{title}</AlertTitle>
      {problems.message}
      {problems.others.map(detail => (
        <div key={detail}>{detail}</div>
      ))}
    </Alert>
  );
}
