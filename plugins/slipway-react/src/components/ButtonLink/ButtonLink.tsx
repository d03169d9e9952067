import Button, { type ButtonProps } from '@mui/material/Button';
import { Link } from 'react-router-dom';

/**
 * A link that looks like a button, to a page of the portal.
 *
 * @public
 */
export function ButtonLink(
  props: { to: string } & Pick<ButtonProps, 'variant' | 'size' | 'children'>,
) {
  return <Button component={Link} {...props} />;
}
