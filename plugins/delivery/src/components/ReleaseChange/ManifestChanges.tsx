import Box from '@mui/material/Box';
import type { ManifestChange } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** Names of both files and a rule, which say nothing here. */
const isHeading = (line: string) => /^(={3,}|--- |\+\+\+ |\\ )/.test(line);

function sxOf(line: string) {
  if (line.startsWith('+')) return { bgcolor: 'success.main', opacity: 0.22 };
  if (line.startsWith('-')) return { bgcolor: 'error.main', opacity: 0.22 };
  return undefined;
}

/** One line; its colour repeats what its first character says. */
function PatchLine({ line }: { line: string }) {
  const tint = sxOf(line);
  return (
    <Box
      component="span"
      sx={{
        display: 'block',
        position: 'relative',
        px: 1,
        ...(line.startsWith('@@') && { color: 'text.secondary' }),
        ...(tint && {
          '&::before': {
            content: '""',
            position: 'absolute',
            inset: 0,
            ...tint,
          },
        }),
      }}
    >
      {line || ' '}
    </Box>
  );
}

/** The objects that would be applied otherwise, line by line. */
export function ManifestChanges({
  manifests,
}: {
  manifests: readonly ManifestChange[];
}) {
  const t = useT();
  if (manifests.length === 0) return <div>{t('inside.sameManifests')}</div>;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      {manifests.map(({ name, change, patch }) => (
        <Box key={name} sx={{ minWidth: 0 }}>
          <Box sx={{ mb: 0.5 }}>
            <code>{name}</code> {t(`inside.manifest.${change}`)}
          </Box>
          <Box
            component="pre"
            role="region"
            aria-label={name}
            tabIndex={0}
            sx={{
              m: 0,
              py: 1,
              maxHeight: 360,
              overflow: 'auto',
              fontSize: 13,
              lineHeight: 1.5,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
              bgcolor: 'background.default',
            }}
          >
            {/* As wide as the longest line, so that tints reach across what is scrolled to. */}
            <Box
              component="code"
              sx={{ display: 'inline-block', minWidth: '100%' }}
            >
              {patch
                .trimEnd()
                .split('\n')
                .filter(line => !isHeading(line))
                .map((line, index) => (
                  <PatchLine key={index} line={line} />
                ))}
            </Box>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
