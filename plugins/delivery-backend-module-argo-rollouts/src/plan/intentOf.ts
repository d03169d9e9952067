import type {
  DesiredState,
  DesiredVersion,
} from '@slipway/backstage-plugin-delivery-node';
import { renderCourse, type RenderedCourse } from '../objects/canarySteps';
import { type Rollout, type StrategyType, typeOf } from '../objects/rollout';
import type { StrategyObject } from '../objects/rolloutObject';

/** What a desired state means for a Rollout. */
export interface Intent {
  type: StrategyType;
  strategy: StrategyObject;
  /** Whose pods the template describes. */
  main: DesiredVersion;
  /** How many copies there shall be in all. */
  copies: number;
  /** Where a canary shall hold; `undefined` when it shall go on to its end, or a blue-green Rollout holds. */
  at?: RenderedCourse['at'];
  /** Whether no other release shall be there. */
  isAlone: boolean;
  /** Whether all traffic shall go to the pods of the template, for as long as both releases run or for good. */
  switches: boolean;
}

// Where nobody asked for a pace: no copy less than wanted, and a quarter more at a time.
const steady = { maxSurge: '25%', maxUnavailable: 0 };
// For how long Argo keeps the old copies of a blue-green rollout, seconds: the delivery engine says when they may go.
const keepSeconds = 7 * 86_400;

/** The course of one wish that names none: straight there. */
function courseOf({ course, versions }: DesiredState) {
  const [{ replicas, weight }] = versions;
  return (
    course ?? {
      strategy: 'canary' as const,
      goals: [{ replicas, weight }],
      current: 0,
    }
  );
}

/**
 * What is desired of a target that shall run at least one release. The first of two versions is the new one. A Rollout that
 * somebody else has made keeps its type, its pace and its Services.
 */
export function intentOf(
  desired: DesiredState,
  {
    isFollowed,
    rollout,
    services,
  }: {
    isFollowed: boolean;
    rollout?: Rollout;
    /** Names of our own. */
    services: { active: string; preview: string };
  },
): Intent {
  const [newer, older] = desired.versions;
  const type = wantedType(desired, isFollowed, rollout);
  const isRouted =
    rollout?.spec?.strategy?.canary?.trafficRouting !== undefined;
  const isAlone = older === undefined;
  if (type === 'blueGreen')
    return {
      type,
      main: newer,
      copies: desired.course?.goals.at(-1)?.replicas ?? newer.replicas,
      isAlone,
      switches: newer.weight === 100,
      strategy: {
        blueGreen: {
          ...(!isFollowed && {
            activeService: services.active,
            previewService: services.preview,
            scaleDownDelaySeconds: keepSeconds,
            // Old copies go at once when they are no longer kept.
            ...(isAlone && { scaleDownDelayRevisionLimit: 0 }),
          }),
          autoPromotionEnabled: false,
        },
      },
    };
  const { at, steps } =
    isAlone && !desired.course
      ? { steps: [], at: undefined }
      : renderCourse(courseOf(desired), { isRouted });
  const hasBegun = isAlone || at !== undefined;
  const strategy = (written: typeof steps) => ({
    canary: {
      steps: written,
      ...(!isFollowed && (desired.rolling ?? steady)),
    },
  });
  if (!hasBegun)
    return {
      type,
      main: older,
      copies: older.replicas,
      isAlone: true,
      switches: true,
      strategy: strategy([]),
    };
  return {
    type,
    main: newer,
    copies: desired.course?.goals.at(-1)?.replicas ?? newer.replicas,
    isAlone,
    switches: newer.weight === 100,
    strategy: strategy(steps),
    ...(!isAlone && at && { at }),
  };
}

function wantedType(
  { course, rolling }: DesiredState,
  isFollowed: boolean,
  rollout: Rollout | undefined,
): StrategyType {
  const present = rollout && typeOf(rollout);
  if (present && (isFollowed || (!course && !rolling))) return present;
  return course?.strategy === 'blueGreen' ? 'blueGreen' : 'canary';
}
