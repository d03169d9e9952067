import type { Hook } from './hookJob';

/** What a preview notes, with the commands of the release that a rollout would run. @public */
export function withCommands(
  note: string | undefined,
  { pre, post }: Record<Hook, boolean>,
): string | undefined {
  const said = [
    ...(pre ? ['The command before the rollout is run first, as a Job'] : []),
    ...(post
      ? [
          'The command after the rollout is run as a Job when the release has all traffic, unless this is a rollback',
        ]
      : []),
    ...(note ? [note] : []),
  ];
  return said.length ? said.join('. ') : undefined;
}
