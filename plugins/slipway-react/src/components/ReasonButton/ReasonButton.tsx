import { useId } from 'react';
import Box from '@mui/material/Box';
import Button, { type ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { visuallyHidden } from '../visuallyHidden';

/**
 * A button that says why it cannot be pressed. Disabled buttons get neither pointer nor focus, so the tooltip sits on
 * a span around it, which takes the keyboard's focus in its stead.
 *
 * @public
 */
export function ReasonButton(
  props: ButtonProps & {
    /** Why not; the button is disabled while this is set. */
    reason?: string;
  },
) {
  const { reason, disabled, children, ...rest } = props;
  const reasonId = useId();
  const blocked = Boolean(reason);
  return (
    <Tooltip title={reason ?? ''} describeChild arrow>
      <Box
        component="span"
        // The reason is placed out of sight against this; else it would widen the page from within scrolled tables.
        sx={{ display: 'inline-flex', position: 'relative' }}
        {...(blocked && { tabIndex: 0, role: 'group' })}
      >
        <Button
          {...rest}
          disabled={disabled || blocked}
          aria-describedby={blocked ? reasonId : undefined}
        >
          {children}
        </Button>
        {blocked && (
          <span id={reasonId} style={visuallyHidden}>
            {reason}
          </span>
        )}
      </Box>
    </Tooltip>
  );
}
