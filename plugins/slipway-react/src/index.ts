/**
 * What all Slipway pages share: frame, panels, the four states of what is read, state in the URL.
 *
 * @packageDocumentation
 */
export { ActorLink } from './components/ActorLink/ActorLink';
export { ButtonLink } from './components/ButtonLink/ButtonLink';
export { LegacyShell } from './components/PageShell/LegacyShell';
export { PageShell } from './components/PageShell/PageShell';
export { Panel } from './components/Panel/Panel';
export { ScrollTable } from './components/Panel/ScrollTable';
export { ReasonButton } from './components/ReasonButton/ReasonButton';
export { ReasonDialog } from './components/ReasonDialog/ReasonDialog';
export { SHORTEST_REASON } from './components/ReasonDialog/shortestReason';
export { formatInstant } from './components/RelativeTime/formatInstant';
export { RelativeTime } from './components/RelativeTime/RelativeTime';
export { EmptyState } from './components/States/EmptyState';
export { ErrorBanner } from './components/States/ErrorBanner';
export { Loaded, type Query } from './components/States/Loaded';
export { SkeletonRows } from './components/States/SkeletonRows';
export {
  StatusWord,
  type StatusTone,
} from './components/StatusWord/StatusWord';
export { TextRoot } from './components/TextRoot/TextRoot';
export { visuallyHidden } from './components/visuallyHidden';
export { describeError, type ErrorDescription } from './errors/describeError';
export { newIdempotencyKey } from './hooks/idempotencyKey';
export { useNow } from './hooks/useNow';
export { useSubmission } from './hooks/useSubmission';
export { useUrlState } from './hooks/useUrlState';
export { slipwayTranslationRef } from './translation';
