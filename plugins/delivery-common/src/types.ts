import type { components } from './generated/openapi.generated';

type Schemas = components['schemas'];

/** Development, staging or production. @public */
export type Tier = Schemas['Tier'];
/** A catalog `Resource` of type `environment`. @public */
export type Environment = Schemas['Environment'];
/** What can be chosen from in this portal. @public */
export type DeliverySettings = Schemas['DeliverySettings'];
/** What is run, by digest. @public */
export type Artifact = Schemas['Artifact'];
/** A snapshot of plain values and secret references, by digest. @public */
export type Configuration = Schemas['Configuration'];
/** How to see over HTTP that one instance is well; times in seconds. @public */
export type HealthCheck = Schemas['HealthCheck'];
/** Readiness and liveness. @public */
export type Health = Schemas['Health'];
/** Where a release comes from. @public */
export type Provenance = Schemas['Provenance'];
/** An immutable thing that can be deployed. @public */
export type Release = Schemas['Release'];
/** What pages need of a release. @public */
export type ReleaseSummary = Schemas['ReleaseSummary'];
/** What is known of the software that a release is made of. @public */
export type ReleaseDependencies = Schemas['ReleaseDependencies'];
/** What another release would change in an environment. @public */
export type ReleaseComparison = Schemas['ReleaseComparison'];
/** @public */
export type CommitComparison = Schemas['CommitComparison'];
/** @public */
export type SourceCommits = Schemas['SourceCommits'];
/** @public */
export type DependencyComparison = Schemas['DependencyComparison'];
/** @public */
export type ManifestChange = Schemas['ManifestChange'];
/** What a release would change where it really runs. @public */
export type ReleasePreview = Schemas['ReleasePreview'];
/** @public */
export type CreateReleaseRequest = Schemas['CreateReleaseRequest'];
/** Seconds as a number, or a number with unit as a string. @public */
export type Duration = Schemas['Duration'];
/** Argo Rollouts' analysis metric. @public */
export type Metric = Schemas['Metric'];
/** How a metric is judged by comparing two releases. @public */
export type Comparison = Schemas['Comparison'];
/** The same with its defaults. @public */
export type ComparisonSettings = Schemas['ComparisonSettings'];
/** How the comparisons of an analysis decide together. @public */
export type Scoring = Schemas['Scoring'];
/** @public */
export type AnalysisTemplate = Schemas['AnalysisTemplate'];
/** One step of a canary, exactly one key. @public */
export type Step = Schemas['Step'];
/** Exactly one of `rolling`, `blueGreen`, `canary`. @public */
export type Strategy = Schemas['Strategy'];
/** @public */
export type StartRolloutRequest = Schemas['StartRolloutRequest'];
/** @public */
export type ScaleTargetRequest = Schemas['ScaleTargetRequest'];
/** @public */
export type TargetGates = Schemas['TargetGates'];
/** @public */
export type StartRollbackRequest = Schemas['StartRollbackRequest'];
/** @public */
export type StartRollbacksRequest = Schemas['StartRollbacksRequest'];
/** @public */
export type RolloutAction = Schemas['RolloutAction'];
/** @public */
export type RolloutPhase = Schemas['RolloutPhase'];
/** @public */
export type HealthStatus = Schemas['HealthStatus'];
/** One running copy of a release. @public */
export type InstanceStatus = Schemas['InstanceStatus'];
/** One release on a target, as its runtime shows it. @public */
export type VersionStatus = Schemas['VersionStatus'];
/** What a runtime last showed of a target. @public */
export type Observation = Schemas['Observation'];
/** A component in an environment. @public */
export type Deployment = Schemas['Deployment'];
/** @public */
export type StepState = Schemas['StepState'];
/** @public */
export type AnalysisState = Schemas['AnalysisState'];
/** @public */
export type AnalysisVerdict = Schemas['AnalysisVerdict'];
/** @public */
export type Measurement = Schemas['Measurement'];
/** The new release against the one before, by their points. @public */
export type ComparisonResult = Schemas['ComparisonResult'];
/** Minimum, quartiles, maximum and mean of some points. @public */
export type PointsSummary = Schemas['PointsSummary'];
/** What the comparisons of an analysis came to together. @public */
export type AnalysisScore = Schemas['AnalysisScore'];
/** @public */
export type WeightPoint = Schemas['WeightPoint'];
/** Moving one environment of one component to a release. @public */
export type Rollout = Schemas['Rollout'];
/** @public */
export type RolloutEvent = Schemas['RolloutEvent'];
/** @public */
export type LogLine = Schemas['LogLine'];
/** A CloudEvents 1.0 event of the feed. @public */
export type DeliveryCloudEvent = Schemas['CloudEvent'];
/** For each action whether the caller may take it, and if not, why. @public */
export type AllowedActions = Schemas['AllowedActions'];
/** RFC 9457 problem details. @public */
export type Problem = Schemas['Problem'];
/** @public */
export type Page = Schemas['Page'];
/** Through which stages releases go, as people write it. @public */
export type DeliveryPipeline = Schemas['DeliveryPipeline'];
/** One environment in a pipeline. @public */
export type PipelineStage = Schemas['PipelineStage'];
/** What must hold before a stage, exactly one key. @public */
export type Gate = Schemas['Gate'];
/** People who must agree. @public */
export type ApprovalGate = Schemas['ApprovalGate'];
/** The release must have run well before. @public */
export type SoakGate = Schemas['SoakGate'];
/** Who may let a component through a window. @public */
export type WindowExceptionRules = Schemas['WindowExceptionRules'];
/** A while in which windows let a component through. @public */
export type WindowException = Schemas['WindowException'];
/** @public */
export type AskWindowExceptionRequest = Schemas['AskWindowExceptionRequest'];
/** Rules in CEL. @public */
export type PolicyGate = Schemas['PolicyGate'];
/** Measurements that must be good in the stages before. @public */
export type AnalysisGate = Schemas['AnalysisGate'];
/** A metric of one measurement. @public */
export type GateMetric = Schemas['GateMetric'];
/** What was measured for a gate, and where. @public */
export type GateMeasurement = Schemas['GateMeasurement'];
/** @public */
export type ApprovalRule = Schemas['ApprovalRule'];
/** @public */
export type PolicyRule = Schemas['PolicyRule'];
/** When changes are allowed or frozen, as people write it. @public */
export type DeliveryWindow = Schemas['DeliveryWindow'];
/** @public */
export type WindowSpec = Schemas['WindowSpec'];
/** Which targets are meant. @public */
export type TargetMatch = Schemas['TargetMatch'];
/** @public */
export type WindowRef = Schemas['WindowRef'];
/** One time that a window is open or closed. @public */
export type WindowOccurrence = Schemas['WindowOccurrence'];
/** Why a document was not taken. @public */
export type DocumentProblem = Schemas['DocumentProblem'];
/** A pipeline in force. @public */
export type Pipeline = Schemas['Pipeline'];
/** What would happen to a release, stage by stage. @public */
export type PipelinePreview = Schemas['PipelinePreview'];
/** @public */
export type StagePreview = Schemas['StagePreview'];
/** What exactly is asked for, by digests. @public */
export type Subject = Schemas['Subject'];
/** @public */
export type Vote = Schemas['Vote'];
/** @public */
export type ApprovalProgress = Schemas['ApprovalProgress'];
/** @public */
export type GateStatus = Schemas['GateStatus'];
/** @public */
export type BreakGlass = Schemas['BreakGlass'];
/** What must hold before a rollout begins. @public */
export type RolloutGates = Schemas['RolloutGates'];
/** @public */
export type ReleaseChange = Schemas['ReleaseChange'];
/** @public */
export type RiskFact = Schemas['RiskFact'];
/** A rollout that people are asked about. @public */
export type Approval = Schemas['Approval'];
/** @public */
export type RolloutApproval = Schemas['RolloutApproval'];
/** @public */
export type RequestApproval = Schemas['RequestApproval'];
/** @public */
export type ApprovalRequest = Schemas['ApprovalRequest'];
/** @public */
export type AskApprovalRequest = Schemas['AskApprovalRequest'];
/** @public */
export type ApprovalDecision = Schemas['ApprovalDecision'];
/** @public */
export type ApprovalDecisionRequest = Schemas['ApprovalDecisionRequest'];
/** @public */
export type ReleaseRejection = Schemas['ReleaseRejection'];
/** Somebody who may vote for somebody else, until an end. @public */
export type Delegation = Schemas['Delegation'];
/** @public */
export type CreateDelegationRequest = Schemas['CreateDelegationRequest'];
/** Components at exact releases, and how far they go. @public */
export type StartPromotionRequest = Schemas['StartPromotionRequest'];
/** What a promotion would do. @public */
export type PromotionPlan = Schemas['PromotionPlan'];
/** One or several releases on their way through a pipeline, as one unit. @public */
export type Promotion = Schemas['Promotion'];
/** @public */
export type PromotionAction = Schemas['PromotionAction'];
/** One component of a promotion. @public */
export type PromotionItem = Schemas['PromotionItem'];
/** How one stage of a promotion stands. @public */
export type PromotionStage = Schemas['PromotionStage'];
/** How one component stands in one stage of a promotion. @public */
export type PromotionStageItem = Schemas['PromotionStageItem'];
/** What a promotion does when a stage fails. @public */
export type OnFailure = Schemas['OnFailure'];
/** Why nothing is promoted automatically to a component in an environment. @public */
export type Hold = Schemas['Hold'];
/** @public */
export type CreateHoldRequest = Schemas['CreateHoldRequest'];
