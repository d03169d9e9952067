import type { ElementType } from 'react';
import FailsIcon from '@mui/icons-material/Cancel';
import HoldsIcon from '@mui/icons-material/CheckCircle';
import DependsIcon from '@mui/icons-material/HelpOutline';
import Box from '@mui/material/Box';
import type { AccessExplanation } from '@slipway/backstage-plugin-access-common';
import type { StatusTone } from '@slipway/backstage-plugin-slipway-react';
import { Code } from '../../components/Code';
import { MemberRef } from '../../components/MemberRef';
import { useT } from '../../hooks/useT';

type Rule = AccessExplanation['rules'][number];

const signs: Record<
  'holds' | 'fails' | 'depends',
  { icon: ElementType; tone: StatusTone }
> = {
  holds: { icon: HoldsIcon, tone: 'success' },
  fails: { icon: FailsIcon, tone: 'error' },
  depends: { icon: DependsIcon, tone: 'warning' },
};

function signOf(holds: boolean | undefined): keyof typeof signs {
  if (holds === undefined) return 'depends';
  return holds ? 'holds' : 'fails';
}

/** One rule that names the action, with each of its conditions. */
export function CheckedRule({ rule }: { rule: Rule }) {
  const t = useT();
  return (
    <Box
      sx={{
        borderInlineStart: 3,
        borderColor: 'divider',
        pl: 2,
        py: 0.5,
        mb: 1.5,
      }}
    >
      <div>
        <strong>{rule.roleTitle}</strong> ({t('roles.through')}{' '}
        <MemberRef member={rule.through} />
        ): {t(`outcome.${rule.outcome}`)}
      </div>
      {rule.checks.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
          {rule.checks.map(({ text, holds, found }) => {
            const sign = signOf(holds);
            const { icon: Icon, tone } = signs[sign];
            return (
              <Box
                component="li"
                key={text}
                sx={{ display: 'flex', alignItems: 'center', gap: 1 }}
              >
                <Icon
                  fontSize="small"
                  color={tone}
                  titleAccess={t(`check.${sign}`)}
                />
                <span>
                  {text}
                  {found && ` – ${found}`}
                </span>
              </Box>
            );
          })}
        </Box>
      )}
      <Code>{rule.source}</Code>
    </Box>
  );
}
