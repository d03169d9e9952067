import type { components } from './generated/openapi.generated';

type Schemas = components['schemas'];

/** One thing that has replicas: a workload of a component in an environment. @public */
export type ScalingTarget = Schemas['Target'];
/** What decides how many replicas there are. @public */
export type ScalingDriver = Schemas['Driver'];
/** What an autoscaler looks at, with its present value and its target. @public */
export type ScalingMetric = Schemas['Metric'];
/** Something that an autoscaler says of itself, in words. @public */
export type ScalingCondition = Schemas['Condition'];
/** What a VerticalPodAutoscaler recommends for a container. @public */
export type ResourceRecommendation = Schemas['ResourceRecommendation'];
/** Something that happened to a target. @public */
export type ScalingEvent = Schemas['Event'];
/** One point of a target's history. @public */
export type ScalingSample = Schemas['Sample'];
/** @public */
export type ScalingHistory = Schemas['History'];
/** An environment, and whether its provider answers. @public */
export type ScalingSource = Schemas['Source'];
/** A change of how many replicas there are, with an end. @public */
export type ScalingChange = Schemas['Change'];
/** By what the number of replicas is decided, and how. @public */
export type ScalingSetting = Schemas['Setting'];
/** How a target may be changed, and by whom. @public */
export type ScalingOptions = Schemas['Options'];
/** @public */
export type ScaleRequest = Schemas['ScaleRequest'];
/** @public */
export type ApplyPolicyRequest = Schemas['ApplyPolicyRequest'];
/** @public */
export type EndChangeRequest = Schemas['EndChangeRequest'];
/** For each action whether the caller may take it now, and if not, why. @public */
export type ScalingAllowedActions = Schemas['AllowedActions'];
/** Something that happened to a change, as the feed tells it. @public */
export type ScalingCloudEvent = Schemas['CloudEvent'];
/** @public */
export type ScalingPage = Schemas['Page'];
/** How many replicas there are to be, by load and time: a document of `kind: ScalingPolicy`. @public */
export type ScalingPolicy = Schemas['ScalingPolicy'];
/** What a policy goes by, with its target. @public */
export type PolicyMetric = Schemas['PolicyMetric'];
/** The fewest and the most replicas. @public */
export type ScalingPolicyLimits = Schemas['ScheduledLimits'];
/** How fast a policy goes up and down. @public */
export type ScalingBehavior = Schemas['ScalingBehavior'];
/** How fast a policy goes in one direction. @public */
export type ScalingRules = Schemas['ScalingRules'];
/** What one replica requests. @public */
export type ReplicaResources = Schemas['ReplicaResources'];
/** A policy to try on the recorded load of a target. @public */
export type WhatIfRequest = Schemas['WhatIfRequest'];
/** What a policy would have made of the recorded load. @public */
export type WhatIf = Schemas['WhatIf'];
/** How a target fared, or would have fared. @public */
export type WhatIfOutcome = Schemas['WhatIfOutcome'];
/** How many replicas the load of a target will ask for. @public */
export type Forecast = Schemas['Forecast'];
/** Something that keeps a target from scaling well. @public */
export type Bottleneck = Schemas['Bottleneck'];
/** What a container of a replica requests and is limited to. @public */
export type ContainerResources = Schemas['ContainerResources'];
/** How much the containers of a target should request. @public */
export type RightSizing = Schemas['RightSizing'];
/** @public */
export type RightSizeRequest = Schemas['RightSizeRequest'];
/** What the recommended requests are rolled out as. @public */
export type SizedRollout = Schemas['SizedRollout'];
/** How much of one resource a container should request, with the arithmetic. @public */
export type ResourceSizing = Schemas['ResourceSizing'];
/** How requests and errors spread over replicas and zones. @public */
export type Spread = Schemas['Spread'];
/** @public */
export type SpreadPart = Schemas['SpreadPart'];
