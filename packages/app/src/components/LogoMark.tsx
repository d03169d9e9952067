import SvgIcon, { type SvgIconProps } from '@mui/material/SvgIcon';

/** A ship that slides down a slipway. Takes the colour of the text around it; the ways are in the accent colour. */
export function LogoMark(props: SvgIconProps) {
  return (
    <SvgIcon
      viewBox="0 0 32 32"
      {...props}
      sx={{ fontSize: 32, display: 'block', ...props.sx }}
    >
      <g transform="rotate(20 16 16)">
        <path d="M4.5 13.5h23l-3.6 6.2a2.6 2.6 0 0 1-2.2 1.3H10.3a2.6 2.6 0 0 1-2.2-1.3z" />
        <path d="M15 2.5v9.2H8.2zM17 5.2v6.5h5.6z" />
        <path fill="#FFB454" d="M1 23.2h30v2.6H1z" />
      </g>
    </SvgIcon>
  );
}
