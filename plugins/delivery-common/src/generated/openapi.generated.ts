// Generated from openapi.yaml by `npm run generate:openapi`. Not to be edited by hand.
export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which runtimes, artifact kinds, analysis providers, step kinds and default strategies this portal has. */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalog's environments that the caller may see, in order. */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs where. One row for a component in an environment that it was ever rolled out to. */
        get: operations["listDeployments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/allowed-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller may do to a component in an environment, whether it runs there yet or not. */
        get: operations["getTargetActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a change there has to go through that is no release, such as a scaling policy. The approvals can be asked for at `/approval-requests`. */
        get: operations["getTargetGates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes how many copies run of the release that runs, as a rollout of the kind `scale`. No gate and no window holds it, and it does not wait for copies that do not get ready. */
        post: operations["scaleTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases, newest first. */
        get: operations["listReleases"];
        put?: never;
        /** Records an immutable release. The same version of a component with other content is refused (409); with the same content the first one is answered (200). */
        post: operations["createRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{releaseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{releaseId}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a release would change in an environment. */
        get: operations["compareRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{releaseId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a release would change where it really runs, asked of the environment's runtime. Takes up to 10 seconds. */
        get: operations["previewRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rollouts and rollbacks, newest first; what only changes the number of copies when that is asked for. */
        get: operations["listRollouts"];
        put?: never;
        /** Moves one environment of one component to a release. */
        post: operations["startRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts/{rolloutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts/{rolloutId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in one rollout, oldest first, with who and why. */
        get: operations["listRolloutEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts/{rolloutId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last captured log lines of a release of this rollout. */
        get: operations["getRolloutLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts/{rolloutId}/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Steers a rollout. `promoteFull` skips the remaining steps; `retry` tries what failed again, or starts an ended rollout anew as a new one (the answer); `breakGlass` goes past gates that are closed, needs a reason, and must be reviewed afterwards. */
        post: operations["actOnRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings an environment back to an earlier release, and marks the one that is left as rejected. While a rollout is under way there, it is aborted, which does just that; to go further back, the rollback begins when that has ended. */
        post: operations["startRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollbacks/together": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings several environments of a component back, as one change; where one of them refuses, none begins. Each is a rollback of its own. */
        post: operations["startRollbacks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{releaseId}/{verdict}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks a release as bad, so that it is never rolled out again, or takes that back. */
        post: operations["judgeRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pipelines in force, and what is wrong with documents that were not taken. */
        get: operations["listPipelines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pipeline that serves a component, how each of its stages stands, and what would happen to a release there now. */
        get: operations["previewPipeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When changes are allowed or frozen between two instants, for a calendar. */
        get: operations["listWindowOccurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rollouts and requests that people are or were asked about, newest first. */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approvalId}/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agrees, rejects, or takes one's own vote back. Who may agree to what is for the gate's rules to say. */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approval-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks people to approve something that is described in words. Who may agree is for the rules in the request to say; it ends approved, rejected, expired or withdrawn. */
        post: operations["askApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approval-requests/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For whoever may see the component that it is about; for everybody with the permission when it is about none. */
        get: operations["getApprovalRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approval-requests/{approvalId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a request of one's own that nobody has decided yet. */
        post: operations["withdrawApprovalRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts/{rolloutId}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records that somebody else has looked at a use of break-glass. */
        post: operations["reviewBreakGlass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Promotions of one or several components through their pipeline, newest first. Only those all of whose components the caller may see. */
        get: operations["listPromotions"];
        put?: never;
        /** Takes one release, or several of different components as one unit, through the stages of their pipeline. Needs the permission for every component in every stage. */
        post: operations["startPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotions/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a promotion would do, in which order and through which stages. Changes nothing. */
        post: operations["planPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotions/{promotionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPromotion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotions/{promotionId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in one promotion, oldest first, with who and why. */
        get: operations["listPromotionEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promotions/{promotionId}/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Steers a promotion. `abort` ends it and takes back what has moved in stages that are not through; `retry` tries what failed once more; `continue` goes on although a stage has failed. Needs the permission for every component in the stages concerned. */
        post: operations["actOnPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where automatic promotion is held now, and why. */
        get: operations["listHolds"];
        put?: never;
        /** Pins a component in an environment, so that nothing is promoted there automatically until the hold is released. A rollback does the same. */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets automatic promotion go on. */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/window-exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions to windows that are asked for, or in force now or later. */
        get: operations["listWindowExceptions"];
        put?: never;
        /** Asks that windows which close a target let changes of one component through for a while. Whose approval that needs stands in those windows. */
        post: operations["askWindowException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/window-exceptions/{exceptionId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an exception that is in force, or to come, before its time. */
        post: operations["endWindowException"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may vote for the caller, and for whom the caller may vote. */
        get: operations["listDelegations"];
        put?: never;
        /** Lets somebody vote for the caller, until an end. */
        post: operations["createDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delegations/{delegationId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a delegation of one's own at once. Votes that were given stay. */
        post: operations["endDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The feed of all delivery events, gap-free, as a CloudEvents 1.0 batch. For services and for people who may read all of it. */
        get: operations["readEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A full catalog entity reference, such as `component:default/checkout`. */
        EntityRef: string;
        /** @description Of a release, a rollout, a promotion or a request for approval. */
        Id: string;
        /** @description What people call a release of a component. */
        Version: string;
        /** @description What content is known by. */
        Digest: string;
        /** @enum {string} */
        Tier: "development" | "staging" | "production";
        /**
         * Format: date-time
         * @description An instant in UTC, ISO 8601.
         */
        Instant: string;
        Page: {
            /** @description Of all pages. */
            totalItems: number;
            /** @description Absent on the last page. */
            nextCursor?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Each field that was refused, and why. */
            errors?: {
                /** @description JSON pointer into the body */
                pointer: string;
                detail: string;
            }[];
            /** @description The same for Backstage's own clients. */
            error?: {
                name: string;
                message: string;
            };
            /** @description What Backstage's `ResponseError` looks for beside `error`. */
            response?: {
                statusCode: number;
            };
        };
        BackstageError: {
            error: {
                name: string;
                message: string;
            };
        };
        /** @description For each action whether this caller may take it now, and if not, why. */
        AllowedActions: {
            [key: string]: {
                allowed: boolean;
                /** @description Why not. Absent when allowed. */
                reason?: string;
            };
        };
        Environment: {
            ref: components["schemas"]["EntityRef"];
            name: string;
            title: string;
            description?: string;
            tier: components["schemas"]["Tier"];
            /** @description Ascending on the way to production. */
            order: number;
            ownerRef?: components["schemas"]["EntityRef"];
            /** @description Which runtime runs it; see `DeliverySettings`. */
            runtime: string;
            /** @description Why nothing can be rolled out to it. Absent when something can. */
            problem?: string;
        };
        DeliverySettings: {
            runtimes: {
                name: string;
                title: string;
                strategies: ("rolling" | "blueGreen" | "canary")[];
            }[];
            artifactKinds: {
                kind: string;
                title: string;
                /** @description JSON Schema of `artifact.spec`. */
                schema: {
                    [key: string]: unknown;
                };
            }[];
            analysisProviders: {
                name: string;
                title: string;
                schema: {
                    [key: string]: unknown;
                };
            }[];
            stepKinds: {
                name: string;
                title: string;
                schema: {
                    [key: string]: unknown;
                };
            }[];
            /** @description By environment tier. */
            defaultStrategies: {
                development: components["schemas"]["Strategy"];
                staging: components["schemas"]["Strategy"];
                production: components["schemas"]["Strategy"];
            };
        };
        /** @description What is run, by digest. */
        Artifact: {
            kind: string;
            /** @description For people, such as `http-server@14.1.1`. */
            reference: string;
            digest: components["schemas"]["Digest"];
            /** @description As the artifact kind's schema says. */
            spec: {
                [key: string]: unknown;
            };
        };
        /** @description A snapshot of the configuration a release runs with. */
        Configuration: {
            digest: components["schemas"]["Digest"];
            /** @description Plain values, given to the software as environment variables. */
            values: {
                [key: string]: string;
            };
            /** @description By environment name; they win over `values`. */
            environmentValues: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description Name of the variable to a reference of a secret; never a secret itself. */
            secretRefs: {
                [key: string]: string;
            };
        };
        ConfigurationInput: {
            values?: components["schemas"]["EnvironmentVariables"];
            environmentValues?: {
                [key: string]: components["schemas"]["EnvironmentVariables"];
            };
            secretRefs?: components["schemas"]["EnvironmentVariables"];
        };
        EnvironmentVariables: {
            [key: string]: string;
        };
        /** @description How to see over HTTP that one instance is well. Times in seconds. */
        HealthCheck: {
            /** @default / */
            path?: string;
            /** @default 0 */
            initialDelaySeconds?: number;
            /** @default 2 */
            periodSeconds?: number;
            /** @default 2 */
            timeoutSeconds?: number;
            /** @default 1 */
            successThreshold?: number;
            /** @default 3 */
            failureThreshold?: number;
        };
        Health: {
            readiness?: components["schemas"]["HealthCheck"];
            liveness?: components["schemas"]["HealthCheck"];
        };
        Provenance: {
            repository?: string;
            commit?: string;
            /** @description Entity references of the commit's authors, where known. */
            authors?: components["schemas"]["EntityRef"][];
            buildUrl?: string;
        };
        /** @description What is known of the software that a release is made of. Absent where nothing is. */
        ReleaseDependencies: {
            source: components["schemas"]["DependencySource"];
            count: number;
            digest: components["schemas"]["Digest"];
        };
        /**
         * @description sbom: a bill of materials that came with the release. lockfile: exact versions from the artifact. manifest: what the artifact asks for itself, as ranges.
         * @enum {string}
         */
        DependencySource: "sbom" | "lockfile" | "manifest";
        Release: {
            id: string;
            componentRef: components["schemas"]["EntityRef"];
            version: string;
            digest: components["schemas"]["Digest"];
            artifact: components["schemas"]["Artifact"];
            configuration: components["schemas"]["Configuration"];
            health: components["schemas"]["Health"];
            provenance: components["schemas"]["Provenance"];
            dependencies?: components["schemas"]["ReleaseDependencies"];
            notes?: string;
            rejection?: components["schemas"]["ReleaseRejection"];
            createdAt: components["schemas"]["Instant"];
            /** @description An entity reference or a service's name. */
            createdBy: string;
            allowedActions: components["schemas"]["AllowedActions"];
        };
        CreateReleaseRequest: {
            componentRef: components["schemas"]["EntityRef"];
            version: components["schemas"]["Version"];
            artifact: {
                kind: string;
                spec: {
                    [key: string]: unknown;
                };
                digest?: components["schemas"]["Digest"];
            };
            configuration?: components["schemas"]["ConfigurationInput"];
            health?: components["schemas"]["Health"];
            provenance?: components["schemas"]["Provenance"];
            /** @description A software bill of materials, CycloneDX or SPDX as JSON. What it lists is kept, by name and version, to be compared with other releases; the document itself is not. */
            sbom?: {
                [key: string]: unknown;
            };
            notes?: string;
        };
        /** @description Seconds, or a number with unit (`30s`, `5m`, `1h`, `7d`). */
        Duration: number | string;
        /** @description Argo Rollouts' analysis metric, judged either by conditions or by a comparison. Conditions are CEL over `result` (the measured value), `stable` and `canary` (numbers of the two versions where the provider gives them). */
        Metric: {
            name: string;
            /** @description Exactly one key, the provider's name, with what it is asked. */
            provider: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            successCondition?: string;
            failureCondition?: string;
            comparison?: components["schemas"]["Comparison"];
            initialDelay?: components["schemas"]["Duration"];
            interval?: components["schemas"]["Duration"];
            /** @description How many measurements; 1 when left out. Of a comparison: how many at most, 30 when left out. */
            count?: number;
            /** @description More failed measurements than this fail the metric; 0 when left out. Not for a comparison. */
            failureLimit?: number;
            /** @description 0 when left out. Of a comparison: how often there may be too few points, count - 1 when left out. */
            inconclusiveLimit?: number;
            /** @description 4 when left out. */
            consecutiveErrorLimit?: number;
        };
        /** @description Judges a metric by whether the new release differs from the one before, as Kayenta does: Mann-Whitney's test over the points of both. */
        Comparison: {
            direction?: components["schemas"]["ComparisonDirection"];
            /** @description When it fails the score is 0; false when left out. */
            critical?: boolean;
            /** @description What it is weighted with; `default` when left out. */
            group?: string;
            /** @description Of the interval of the difference; 0.98 when left out. */
            confidence?: number;
            /** @description Which part of the estimated difference the interval must stay clear of zero by; 0.25 when left out. */
            tolerance?: number;
            /** @description With fewer points of either release there is no verdict; 50 when left out. */
            minimumPoints?: number;
        };
        /**
         * @description Which difference is bad; `either` when left out.
         * @enum {string}
         */
        ComparisonDirection: "increase" | "decrease" | "either";
        /** @description A comparison with its defaults. */
        ComparisonSettings: {
            direction: components["schemas"]["ComparisonDirection"];
            critical: boolean;
            group: string;
            confidence: number;
            tolerance: number;
            minimumPoints: number;
        };
        /** @description How the comparisons of an analysis decide together, as Kayenta's score does. */
        Scoring: {
            /** @description From this score on it is successful; 95 when left out. */
            pass?: number;
            /** @description From this score on a person decides, below it has failed; 75 when left out. */
            marginal?: number;
            /** @description Percent by group. Groups left out share equally what is left of 100. */
            groupWeights?: {
                [key: string]: number;
            };
        };
        AnalysisTemplate: {
            metrics: components["schemas"]["Metric"][];
            scoring?: components["schemas"]["Scoring"];
        };
        /** @description Exactly one of these keys (Argo Rollouts' words). */
        Step: {
            /** @description Percent of traffic to the new release. */
            setWeight?: number;
            pause?: {
                duration?: components["schemas"]["Duration"];
            };
            analysis?: components["schemas"]["AnalysisTemplate"];
            setCanaryScale?: {
                replicas?: number;
                /** @description Percent of the replicas. */
                weight?: number;
                /** @enum {boolean} */
                matchTrafficWeight?: true;
            };
            plugin?: {
                name: string;
                config?: {
                    [key: string]: unknown;
                };
            };
        };
        /** @description Exactly one of these keys. */
        Strategy: {
            rolling?: {
                /** @description 1 when left out. */
                maxSurge?: number;
                /** @description 0 when left out. */
                maxUnavailable?: number;
            };
            blueGreen?: {
                /** @description true when left out. */
                autoPromotionEnabled?: boolean;
                autoPromotionSeconds?: number;
                /** @description 30 when left out. */
                scaleDownDelaySeconds?: number;
                prePromotionAnalysis?: components["schemas"]["AnalysisTemplate"];
                postPromotionAnalysis?: components["schemas"]["AnalysisTemplate"];
            };
            canary?: {
                steps: components["schemas"]["Step"][];
            };
        };
        StartRolloutRequest: {
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            releaseId: components["schemas"]["Id"];
            strategy?: components["schemas"]["Strategy"];
            /** @description As it is now */
            replicas?: number;
            /** @description How long one step may bring no progress; 600 when left out. */
            progressDeadlineSeconds?: number;
            reason?: string;
        };
        ScaleTargetRequest: {
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            replicas: number;
            reason?: string;
            /** @description For whom a plugin asks. People ask for themselves. */
            onBehalfOf?: components["schemas"]["EntityRef"];
            /** @description Of the deployment, as whoever asks has seen it. Refused with 409 when another rollout has begun there since, so that nothing newer is overwritten. */
            lastRolloutId?: string;
        };
        TargetGates: {
            /** @description Whose stage this is. Absent where no pipeline has the environment. */
            pipeline?: {
                name: string;
                title: string;
                digest: components["schemas"]["Digest"];
                stage: string;
            };
            /** @description All of them are needed. */
            approvals: components["schemas"]["RequestedApprovalGate"][];
            windows: {
                open: boolean;
                /** @description In words. */
                message: string;
                /** @description When that may change. */
                until?: components["schemas"]["Instant"];
            };
        };
        StartRollbackRequest: {
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            /** @description The release before the present one when left out. */
            toReleaseId?: components["schemas"]["Id"];
            /** @description Whether the release that is left is marked as rejected, so that nothing rolls it out again; true when left out. */
            rejectRelease?: boolean;
            reason?: string;
        };
        StartRollbacksRequest: {
            componentRef: components["schemas"]["EntityRef"];
            targets: {
                environmentRef: components["schemas"]["EntityRef"];
                /** @description The release before the present one there when left out. */
                toReleaseId?: components["schemas"]["Id"];
            }[];
            /** @description As for one environment. */
            rejectRelease?: boolean;
            reason?: string;
        };
        StartedRollbacks: {
            items: components["schemas"]["Rollout"][];
        };
        /** @enum {string} */
        RolloutAction: "pause" | "resume" | "promote" | "promoteFull" | "abort" | "retry" | "breakGlass";
        RolloutActionRequest: {
            reason?: string;
        };
        /**
         * @description held: waits for its gates, and has not begun. pending: accepted. preparing: the artifact is fetched. progressing: steps are under way. paused: waits for a person or a window (see `waitingFor`).
         *     rollingBack: traffic returns to the release before. Ended: succeeded, rolledBack (verification failed, the release before runs), aborted (by a person, the release before runs).
         * @enum {string}
         */
        RolloutPhase: "held" | "pending" | "preparing" | "progressing" | "paused" | "rollingBack" | "succeeded" | "rolledBack" | "aborted";
        /** @enum {string} */
        HealthStatus: "healthy" | "progressing" | "degraded" | "unknown" | "stopped";
        /** @description One running copy of a release. */
        InstanceStatus: {
            id: string;
            ready: boolean;
            restarts: number;
            startedAt?: components["schemas"]["Instant"];
            message?: string;
        };
        VersionStatus: {
            releaseId: string;
            desiredReplicas: number;
            replicas: number;
            readyReplicas: number;
            weight: number;
            health: components["schemas"]["HealthStatus"];
            message?: string;
            instances: components["schemas"]["InstanceStatus"][];
        };
        /** @description What the runtime last showed. */
        Observation: {
            observedAt: components["schemas"]["Instant"];
            converged: boolean;
            message?: string;
            /** @description The stable address of the component in this environment. */
            address?: string;
            versions: components["schemas"]["VersionStatus"][];
        };
        Deployment: {
            componentRef: components["schemas"]["EntityRef"];
            componentTitle: string;
            ownerRef?: components["schemas"]["EntityRef"];
            systemRef?: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            release?: components["schemas"]["ReleaseSummary"];
            previousRelease?: components["schemas"]["ReleaseSummary"];
            deployedAt?: components["schemas"]["Instant"];
            deployedBy?: string;
            replicas?: number;
            health: components["schemas"]["HealthStatus"];
            observation?: components["schemas"]["Observation"];
            activeRolloutId?: string;
            activeRolloutPhase?: components["schemas"]["RolloutPhase"];
            lastRolloutId?: string;
            updatedAt: components["schemas"]["Instant"];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        ReleaseSummary: {
            id: string;
            version: string;
            digest: components["schemas"]["Digest"];
            commit?: string;
        };
        StepState: {
            index: number;
            /** @description prepare, scale, resize, setWeight, pause, analysis, setCanaryScale, plugin, roll, promote, conclude or retire. */
            kind: string;
            /** @description In words. */
            title: string;
            /** @enum {string} */
            status: "pending" | "running" | "paused" | "succeeded" | "failed" | "skipped";
            weight?: number;
            /** @description Of a pause. */
            durationSeconds?: number;
            startedAt?: components["schemas"]["Instant"];
            finishedAt?: components["schemas"]["Instant"];
            message?: string;
            analysis?: components["schemas"]["AnalysisState"];
        };
        AnalysisState: {
            verdict: components["schemas"]["AnalysisVerdict"];
            score?: components["schemas"]["AnalysisScore"];
            metrics: {
                name: string;
                provider: string;
                successCondition?: string;
                failureCondition?: string;
                comparison?: components["schemas"]["ComparisonSettings"];
                count: number;
                failureLimit: number;
                inconclusiveLimit: number;
                consecutiveErrorLimit: number;
                verdict: components["schemas"]["AnalysisVerdict"];
                message?: string;
                measurements: components["schemas"]["Measurement"][];
            }[];
        };
        /** @description What the comparisons came to so far. Absent while none has been decided. */
        AnalysisScore: {
            /** @description 0 to 100, over those decided. */
            value: number;
            pass: number;
            marginal: number;
            /** @description Names of critical metrics that failed; any makes the score 0. */
            criticalFailures: string[];
            groups: {
                name: string;
                /** @description Percent. */
                weight: number;
                passed: number;
                decided: number;
                metrics: number;
            }[];
        };
        /** @enum {string} */
        AnalysisVerdict: "running" | "successful" | "failed" | "inconclusive" | "error";
        Measurement: {
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            verdict: "successful" | "failed" | "inconclusive" | "error";
            /** @description Absent when the provider gave no single number. */
            value?: number;
            message?: string;
            comparison?: components["schemas"]["ComparisonResult"];
        };
        /** @description The new release (canary) against the one before (stable). Without a classification there were too few points. */
        ComparisonResult: {
            points: {
                canary: number;
                stable: number;
            };
            /** @description Of all its numbers. */
            unit?: string;
            /**
             * @description `nodata`: there is no release to compare with.
             * @enum {string}
             */
            classification?: "pass" | "high" | "low" | "nodata";
            /** @description By how much the points of canary lie above those of stable (Hodges-Lehmann), with the limits of the confidence interval. A difference counts when the interval lies beyond bound. */
            shift?: {
                estimate: number;
                lower: number;
                upper: number;
                bound: number;
                pValue: number;
            };
            canary?: components["schemas"]["PointsSummary"];
            stable?: components["schemas"]["PointsSummary"];
            /** @description How many points lie in each of equally wide bins between two values. The last bin includes its end. */
            histogram?: {
                from: number;
                to: number;
                canary: number[];
                stable: number[];
            };
        };
        PointsSummary: {
            minimum: number;
            lowerQuartile: number;
            median: number;
            upperQuartile: number;
            maximum: number;
            mean: number;
        };
        /** @description From this instant on, this share of traffic went to the new release. */
        WeightPoint: {
            at: components["schemas"]["Instant"];
            weight: number;
        };
        DocumentMetadata: {
            /** @description Unique among the documents of a kind. */
            name: string;
            title?: string;
            description?: string;
        };
        /** @description Which targets are meant. Every key that is given must fit; within a key one entry is enough. Nothing given means every target. */
        TargetMatch: {
            tiers?: components["schemas"]["Tier"][];
            environments?: components["schemas"]["EntityRef"][];
            systems?: components["schemas"]["EntityRef"][];
            components?: components["schemas"]["EntityRef"][];
        };
        /** @description A document that says through which stages a release goes, and what must hold at each. */
        DeliveryPipeline: {
            /** @enum {string} */
            apiVersion: "slipway.dev/v1alpha1";
            /** @enum {string} */
            kind: "DeliveryPipeline";
            metadata: components["schemas"]["DocumentMetadata"];
            spec: {
                /** @description Components that this pipeline serves whatever they name themselves. What is named directly goes before what is named by its system. */
                appliesTo?: {
                    systems?: components["schemas"]["EntityRef"][];
                    components?: components["schemas"]["EntityRef"][];
                };
                stages: components["schemas"]["PipelineStage"][];
            };
        };
        PipelineStage: {
            name: string;
            title?: string;
            environment: components["schemas"]["EntityRef"];
            /** @description The stages that come before. The stage before in the list when left out; none with an empty list. */
            needs?: string[];
            strategy?: components["schemas"]["Strategy"];
            replicas?: number;
            gates?: components["schemas"]["Gate"][];
            /** @description Measured after all traffic goes to a release and before the release before is stopped, whatever asked for the rollout. When it fails, the release before comes back. */
            verification?: components["schemas"]["AnalysisTemplate"];
            /** @description Whether a release goes here by itself as soon as it is through every stage before; for the first stages as soon as it is recorded. */
            autoPromote?: boolean;
            onFailure?: components["schemas"]["OnFailure"];
            /** @description How long a promotion may spend in this stage, waiting for gates included. Without limit when left out. */
            timeout?: components["schemas"]["Duration"];
        };
        /**
         * @description What a promotion does when a stage fails. `rollback` (when left out): all that moved in the stage goes back, and the promotion ends. `hold`: it waits for a person. `continue`: it goes on to the stages behind.
         * @enum {string}
         */
        OnFailure: "rollback" | "hold" | "continue";
        /** @description Exactly one of these keys. */
        Gate: {
            approval?: components["schemas"]["ApprovalGate"];
            soak?: components["schemas"]["SoakGate"];
            analysis?: components["schemas"]["AnalysisGate"];
            policy?: components["schemas"]["PolicyGate"];
        };
        /** @description People who must agree. At least one of `rules` and `approvers`. One person counts once, for one rule. */
        ApprovalGate: {
            name?: string;
            rules?: components["schemas"]["ApprovalRule"][];
            /** @description Users who must all agree. */
            approvers?: components["schemas"]["EntityRef"][];
            /** @description Whether who asked may not agree; when left out, true for production and false elsewhere. */
            excludeRequester?: boolean;
            /** @description Whether authors of the release's commit may not agree; when left out, true for production and false elsewhere. */
            excludeAuthors?: boolean;
            expiresAfter?: components["schemas"]["Duration"];
            requireComment?: boolean;
        };
        ApprovalRule: {
            group: components["schemas"]["EntityRef"];
            atLeast: number;
        };
        /** @description The release must have run well in every stage before this one for so long. */
        SoakGate: {
            duration: components["schemas"]["Duration"];
        };
        /** @description What is measured of the release in every stage before this one must be good each time the gates are looked at, the moment in which the rollout begins included. */
        AnalysisGate: {
            name?: string;
            /** @description How far measurements look back; since the release began to run there when left out. */
            window?: components["schemas"]["Duration"];
            metrics: components["schemas"]["GateMetric"][];
        };
        /** @description A metric that is judged by one measurement, with conditions as those of a Metric. */
        GateMetric: {
            name: string;
            /** @description Exactly one key, the provider's name, with what it is asked. */
            provider: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            successCondition?: string;
            failureCondition?: string;
        };
        PolicyGate: {
            rules: components["schemas"]["PolicyRule"][];
        };
        PolicyRule: {
            name: string;
            /** @description CEL that must be true, over `release`, `environment`, `component`, `request`, `history`, `evidence` and `now`. */
            expression: string;
            message: string;
            /**
             * @description `deny` when left out. `warn` is shown and holds nothing.
             * @enum {string}
             */
            severity?: "deny" | "warn";
        };
        /** @description A document that says when changes are allowed (`allow`) or frozen (`deny`). Where any `allow` window fits a target, changes need an open one; a `deny` window goes before. */
        DeliveryWindow: {
            /** @enum {string} */
            apiVersion: "slipway.dev/v1alpha1";
            /** @enum {string} */
            kind: "DeliveryWindow";
            metadata: components["schemas"]["DocumentMetadata"];
            spec: components["schemas"]["WindowSpec"];
        };
        WindowSpec: {
            /** @enum {string} */
            type: "allow" | "deny";
            match?: components["schemas"]["TargetMatch"];
            /** @description Local date and time at which it begins first. */
            start: string;
            /** @description An IANA time zone, such as `Europe/Berlin`. */
            timeZone: string;
            duration: components["schemas"]["Duration"];
            /** @description An RFC 5545 recurrence rule, such as `FREQ=WEEKLY;BYDAY=FR`. Once when left out. */
            recurrence?: string;
            /**
             * @description What becomes of rollouts that are under way when it closes: `finish` (when left out) lets them go on, `hold` has them wait before their next step that changes traffic or copies. What goes back is never held.
             * @enum {string}
             */
            ongoing?: "finish" | "hold";
            exceptions?: components["schemas"]["WindowExceptionRules"];
        };
        /** @description Who may let one component through for a while although this window closes. Nobody when left out. */
        WindowExceptionRules: {
            approval: components["schemas"]["RequestedApprovalGate"];
            /** @description How long an exception may last; 8h when left out. */
            longest?: components["schemas"]["Duration"];
        };
        AskWindowExceptionRequest: {
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            from: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
            reason: string;
        };
        /** @description Windows that let changes of one component through to one environment from `from` up to `until`, when people agree. */
        WindowException: {
            /** @description Of the approval, too. */
            id: string;
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            from: components["schemas"]["Instant"];
            until: components["schemas"]["Instant"];
            reason: string;
            /** @description As they stood when it was asked for; one that was changed since is not covered. */
            windows: {
                name: string;
                title: string;
                digest: components["schemas"]["Digest"];
            }[];
            /**
             * @description `ended` before its time; `approved` is in force while it lasts.
             * @enum {string}
             */
            state: "pending" | "approved" | "rejected" | "expired" | "withdrawn" | "ended";
            requestedBy: string;
            requestedAt: components["schemas"]["Instant"];
            approvedBy: string[];
            ended?: {
                by: string;
                at: components["schemas"]["Instant"];
                reason: string;
            };
            allowedActions: components["schemas"]["AllowedActions"];
        };
        WindowRef: {
            name: string;
            title: string;
            /** @enum {string} */
            type: "allow" | "deny";
            start?: components["schemas"]["Instant"];
            end?: components["schemas"]["Instant"];
        };
        /** @description One time that a window is open or closed. */
        WindowOccurrence: {
            name: string;
            title: string;
            description?: string;
            /** @enum {string} */
            type: "allow" | "deny";
            start: components["schemas"]["Instant"];
            end: components["schemas"]["Instant"];
            timeZone: string;
            match: components["schemas"]["TargetMatch"];
        };
        /** @description Why a document was not taken. The last good version stays in force. */
        DocumentProblem: {
            source: string;
            /** @description Of the component whose own document it is. */
            componentRef?: components["schemas"]["EntityRef"];
            line?: number;
            /** @description JSON pointer into the document. */
            field?: string;
            detail: string;
            since: components["schemas"]["Instant"];
        };
        /** @description A pipeline in force. */
        Pipeline: {
            name: string;
            title: string;
            description?: string;
            digest: components["schemas"]["Digest"];
            /** @description Where the document was read. */
            source: string;
            /** @description Of the component whose own document it is, and which alone it serves. `name` is unique among the pipelines without one. */
            componentRef?: components["schemas"]["EntityRef"];
            isDefault: boolean;
            appliesTo?: {
                systems?: components["schemas"]["EntityRef"][];
                components?: components["schemas"]["EntityRef"][];
            };
            /** @description With `needs` filled in. */
            stages: components["schemas"]["PipelineStage"][];
            loadedAt: components["schemas"]["Instant"];
        };
        /** @description What would happen at a stage if the release were rolled out there now. */
        StagePreview: {
            stage: string;
            title?: string;
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            needs: string[];
            /**
             * @description `runs`: it is there already. `refused`: no gate could let it through.
             * @enum {string}
             */
            verdict: "runs" | "ready" | "held" | "refused";
            message: string;
            gates: components["schemas"]["GateStatus"][];
            deployment?: {
                release?: components["schemas"]["ReleaseSummary"];
                health: components["schemas"]["HealthStatus"];
                deployedAt?: components["schemas"]["Instant"];
                activeRolloutId?: string;
                activeRolloutPhase?: components["schemas"]["RolloutPhase"];
            };
        };
        PipelinePreview: {
            pipeline: components["schemas"]["Pipeline"];
            componentRef: components["schemas"]["EntityRef"];
            release?: components["schemas"]["ReleaseSummary"];
            stages: components["schemas"]["StagePreview"][];
        };
        /** @description What exactly is asked for, each part by its digest. An approval is good for this and nothing else. */
        Subject: {
            digest: components["schemas"]["Digest"];
            artifact: components["schemas"]["Digest"];
            configuration: components["schemas"]["Digest"];
            pipeline: components["schemas"]["Digest"];
            target: components["schemas"]["Digest"];
        };
        Vote: {
            by: components["schemas"]["EntityRef"];
            onBehalfOf?: components["schemas"]["EntityRef"];
            /** @enum {string} */
            decision: "approve" | "reject";
            comment?: string;
            at: components["schemas"]["Instant"];
        };
        ApprovalProgress: {
            rules: {
                group: components["schemas"]["EntityRef"];
                atLeast: number;
                given: number;
            }[];
            approvers: {
                ref: components["schemas"]["EntityRef"];
                given: boolean;
            }[];
            /** @description Those that count. */
            votes: components["schemas"]["Vote"][];
            /** @description Who may not agree, because they asked for it or wrote it. */
            excluded: components["schemas"]["EntityRef"][];
            requireComment: boolean;
            expiresAt?: components["schemas"]["Instant"];
        };
        GateStatus: {
            name: string;
            /** @enum {string} */
            kind: "release" | "window" | "soak" | "analysis" | "policy" | "approval" | "target" | "promotion";
            /**
             * @description `waiting` may pass by itself or by people; `failed` holds until something else changes; `overridden` by break-glass.
             * @enum {string}
             */
            status: "passed" | "waiting" | "failed" | "overridden";
            message: string;
            until?: components["schemas"]["Instant"];
            approval?: components["schemas"]["ApprovalProgress"];
            /** @description Of a policy. */
            rules?: {
                name: string;
                /** @enum {string} */
                severity: "deny" | "warn";
                /** @description Whether its expression is true. */
                holds: boolean;
                message: string;
            }[];
            /** @description Of an analysis. */
            metrics?: components["schemas"]["GateMeasurement"][];
            /** @description Those that close, or that must open. */
            windows?: components["schemas"]["WindowRef"][];
        };
        GateMeasurement: {
            /** @description Of the metric. */
            name: string;
            stage: string;
            environmentName: string;
            measurement: components["schemas"]["Measurement"];
        };
        BreakGlass: {
            by: components["schemas"]["EntityRef"];
            at: components["schemas"]["Instant"];
            reason: string;
            review?: {
                by: components["schemas"]["EntityRef"];
                at: components["schemas"]["Instant"];
                comment: string;
            };
        };
        /** @description What must hold before a rollout begins, and of windows what holds one that is under way. */
        RolloutGates: {
            /** @enum {string} */
            status: "waiting" | "passed" | "rejected" | "expired" | "withdrawn";
            /** @description Absent where only windows apply. */
            pipeline?: {
                name: string;
                title: string;
                digest: components["schemas"]["Digest"];
                stage: string;
            };
            subject: components["schemas"]["Subject"];
            items: components["schemas"]["GateStatus"][];
            requestedAt: components["schemas"]["Instant"];
            decidedAt?: components["schemas"]["Instant"];
            /** @description Changes that made earlier approvals void, oldest first. */
            voided?: {
                at: components["schemas"]["Instant"];
                reason: string;
                votes: components["schemas"]["Vote"][];
            }[];
            breakGlass?: components["schemas"]["BreakGlass"];
        };
        /** @description What differs between what runs and what is asked for. */
        ReleaseChange: {
            from?: components["schemas"]["ReleaseSummary"];
            to: components["schemas"]["ReleaseSummary"];
            artifact?: {
                from?: string;
                to: string;
            };
            /** @description Where the commits between the two can be seen. Absent where the repository's host is not known. */
            compareUrl?: string;
            /** @description Environment variables that differ. Secrets are never among them. */
            configuration: {
                name: string;
                from?: string;
                to?: string;
            }[];
            notes?: string;
        };
        /** @description What another release would change in an environment. */
        ReleaseComparison: {
            change: components["schemas"]["ReleaseChange"];
            commits: components["schemas"]["CommitComparison"];
            dependencies: components["schemas"]["DependencyComparison"];
            /** @description The objects that the environment's runtime would apply, those that differ. Absent where it has none. */
            manifests?: components["schemas"]["ManifestChange"][];
        };
        /** @description The commits between two releases, by the history of the component's sources. */
        CommitComparison: {
            /**
             * @description reading: the history is being read; ask again in a few seconds.
             * @enum {string}
             */
            state: "known" | "reading" | "unknown";
            /** @description Why they are unknown. */
            reason?: string;
            /** @description What the release brings. There where they are known, as is what it takes away. */
            added?: components["schemas"]["SourceCommits"];
            /** @description What it takes away, as a rollback does. */
            removed?: components["schemas"]["SourceCommits"];
        };
        SourceCommits: {
            total: number;
            /** @description Newest first, the first 50. */
            items: {
                sha: string;
                /** @description The message's first line. */
                title: string;
                authorName: string;
                at: components["schemas"]["Instant"];
                url?: string;
            }[];
        };
        DependencyComparison: {
            /** @description Whether it is known of both releases, from sources that can be compared. */
            comparable: boolean;
            /** @description Why it cannot be compared. */
            reason?: string;
            from?: components["schemas"]["ReleaseDependencies"];
            to?: components["schemas"]["ReleaseDependencies"];
            /** @description How many differ. */
            total: number;
            /** @description By name, the first 1000 that differ. */
            items: {
                name: string;
                /** @description The package URL's type, such as `npm`. */
                type?: string;
                /** @description Versions; none when it is new. */
                from: string[];
                /** @description Versions; none when it is gone. */
                to: string[];
            }[];
        };
        ManifestChange: {
            /** @description Such as `Deployment checkout`. */
            name: string;
            /** @enum {string} */
            change: "added" | "removed" | "changed";
            /** @description Unified diff; empty where conflicts stand in its place. */
            patch: string;
            /** @description What keeps the object from being written. Of a preview only. */
            conflicts?: components["schemas"]["FieldConflict"][];
        };
        /** @description A field that somebody else has declared, and that would not be overwritten. */
        FieldConflict: {
            /** @description Such as `.spec.replicas`. */
            field: string;
            /** @description Such as `kubectl`. */
            owner: string;
            /** @description What it means */
            message: string;
        };
        /** @description What a release would change where it really runs. Nothing is changed by asking. */
        ReleasePreview: {
            /**
             * @description none: the runtime does not tell beforehand.
             * @enum {string}
             */
            state: "known" | "none" | "unknown";
            /** @description Why it is not known. Absent where it is. */
            reason?: string;
            /** @description What would happen besides, and cannot be seen in the objects. */
            note?: string;
            /** @description The objects that would change; none when everything stays as it is. */
            items: components["schemas"]["ManifestChange"][];
        };
        RiskFact: {
            /** @enum {string} */
            level: "info" | "warning" | "danger";
            message: string;
            /** @description Where more can be read. */
            url?: string;
        };
        /** @description What people are asked about. */
        Approval: components["schemas"]["RolloutApproval"] | components["schemas"]["RequestApproval"];
        /** @description A rollout that people are asked about. */
        RolloutApproval: {
            /** @enum {string} */
            kind: "rollout";
            /** @description The rollout's. */
            id: string;
            state: components["schemas"]["ApprovalState"];
            rollout: components["schemas"]["Rollout"];
            change: components["schemas"]["ReleaseChange"];
            risks: components["schemas"]["RiskFact"][];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        /** @description A request for approval that belongs to no rollout. */
        RequestApproval: {
            /** @enum {string} */
            kind: "request";
            id: string;
            state: components["schemas"]["ApprovalState"];
            request: components["schemas"]["ApprovalRequest"];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        /** @enum {string} */
        ApprovalState: "pending" | "approved" | "rejected" | "expired" | "withdrawn";
        ApprovalRequest: {
            version: number;
            title: string;
            /** @description Markdown. */
            description?: string;
            link?: string;
            componentRef?: components["schemas"]["EntityRef"];
            details?: {
                [key: string]: unknown;
            };
            /** @description Of all that is asked, and of the rules. An approval is good for this and nothing else. */
            subjectDigest: components["schemas"]["Digest"];
            gate: components["schemas"]["GateStatus"];
            requestedBy: string;
            requestedAt: components["schemas"]["Instant"];
            decidedAt?: components["schemas"]["Instant"];
            /** @description Why it was withdrawn. */
            reason?: string;
        };
        AskApprovalRequest: {
            title: string;
            /** @description Markdown. */
            description?: string;
            /** @description Where more can be read. */
            link?: string;
            componentRef?: components["schemas"]["EntityRef"];
            /** @description Facts to decide by, shown as a table. At most 16 kB as JSON. */
            details?: {
                [key: string]: unknown;
            };
            approval: components["schemas"]["RequestedApprovalGate"];
        };
        /** @description People who must agree. At least one of `rules` and `approvers`. One person counts once, for one rule. */
        RequestedApprovalGate: {
            name?: string;
            rules?: components["schemas"]["ApprovalRule"][];
            /** @description Users who must all agree. */
            approvers?: components["schemas"]["EntityRef"][];
            /** @description Whether who asks may not agree; true when left out. */
            excludeRequester?: boolean;
            expiresAfter?: components["schemas"]["Duration"];
            requireComment?: boolean;
        };
        /** @enum {string} */
        ApprovalDecision: "approve" | "reject" | "withdraw";
        ApprovalDecisionRequest: {
            subjectDigest: components["schemas"]["Digest"];
            comment?: string;
            onBehalfOf?: components["schemas"]["EntityRef"];
        };
        ReasonRequest: {
            reason: string;
        };
        ReleaseRejection: {
            by: string;
            at: components["schemas"]["Instant"];
            reason: string;
        };
        StartPromotionRequest: {
            /** @description Components at exact releases. All must be served by the same pipeline; the order follows from what they depend on in the catalog. */
            items: {
                componentRef: components["schemas"]["EntityRef"];
                releaseId: components["schemas"]["Id"];
            }[];
            /** @description The last stage, with all that it needs; every stage when left out. */
            toStage?: string;
            reason?: string;
        };
        /** @enum {string} */
        PromotionAction: "abort" | "retry" | "continue";
        PromotionItem: {
            componentRef: components["schemas"]["EntityRef"];
            componentTitle: string;
            release: components["schemas"]["ReleaseSummary"];
            /** @description Components of the set that go before it, because it depends on them. */
            after: components["schemas"]["EntityRef"][];
        };
        PromotionPlan: {
            pipeline: components["schemas"]["PipelineRef"];
            /** @description In the order in which they begin. */
            items: components["schemas"]["PromotionItem"][];
            /** @description Those that it goes through, each after those that it needs. */
            stages: {
                name: string;
                title: string;
                environmentRef: components["schemas"]["EntityRef"];
                environmentName: string;
                tier: components["schemas"]["Tier"];
                needs: string[];
                onFailure: components["schemas"]["OnFailure"];
                /** @description Components whose release runs there already. */
                runs: components["schemas"]["EntityRef"][];
            }[];
        };
        /** @description A pipeline's document at one version. */
        PipelineRef: {
            name: string;
            title: string;
            digest: components["schemas"]["Digest"];
        };
        PromotionStageItem: {
            componentRef: components["schemas"]["EntityRef"];
            /**
             * @description `waiting`: for its gates, the others of the set or its turn. `skipped`: the release ran there already.
             * @enum {string}
             */
            status: "pending" | "waiting" | "running" | "succeeded" | "skipped" | "failed" | "rollingBack" | "rolledBack";
            message?: string;
            rolloutId?: string;
            /** @description The rollback that brought the release before back. */
            rollbackId?: string;
        };
        PromotionStage: {
            name: string;
            title: string;
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            needs: string[];
            onFailure: components["schemas"]["OnFailure"];
            /**
             * @description `onHold`: automatic promotion is held there. `waiting`: it has failed, and a person decides. `failed`: it has failed, and the promotion went on.
             * @enum {string}
             */
            status: "pending" | "onHold" | "running" | "waiting" | "rollingBack" | "succeeded" | "failed" | "rolledBack" | "cancelled";
            message?: string;
            startedAt?: components["schemas"]["Instant"];
            finishedAt?: components["schemas"]["Instant"];
            deadlineAt?: components["schemas"]["Instant"];
            items: components["schemas"]["PromotionStageItem"][];
        };
        /** @description One or several releases on their way through a pipeline, as one unit. */
        Promotion: {
            id: string;
            /** @description Rises with every event; also the ETag. */
            version: number;
            /** @enum {string} */
            trigger: "person" | "automation";
            pipeline: components["schemas"]["PipelineRef"];
            /** @enum {string} */
            phase: "running" | "rollingBack" | "succeeded" | "failed" | "aborted";
            message?: string;
            /**
             * @description Set while nothing goes on.
             * @enum {string}
             */
            waitingFor?: "person" | "gates" | "hold" | "window";
            /** @description In the order in which they begin. */
            items: components["schemas"]["PromotionItem"][];
            stages: components["schemas"]["PromotionStage"][];
            requestedBy: string;
            reason?: string;
            createdAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
            finishedAt?: components["schemas"]["Instant"];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        CreateHoldRequest: {
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            /** @description Without the character NUL, which Postgres cannot store. */
            reason: string;
        };
        /** @description Why nothing is promoted automatically to a component in an environment. */
        Hold: {
            id: string;
            componentRef: components["schemas"]["EntityRef"];
            environmentRef: components["schemas"]["EntityRef"];
            /** @enum {string} */
            cause: "pin" | "rollback";
            reason: string;
            by: string;
            at: components["schemas"]["Instant"];
            active: boolean;
            released?: {
                by: string;
                at: components["schemas"]["Instant"];
                reason: string;
            };
            allowedActions: components["schemas"]["AllowedActions"];
        };
        /** @description Somebody who may vote for somebody else, until an end. */
        Delegation: {
            id: string;
            from: components["schemas"]["EntityRef"];
            to: components["schemas"]["EntityRef"];
            until: components["schemas"]["Instant"];
            reason?: string;
            createdAt: components["schemas"]["Instant"];
            active: boolean;
        };
        CreateDelegationRequest: {
            to: components["schemas"]["EntityRef"];
            until: components["schemas"]["Instant"];
            reason?: string;
        };
        Rollout: {
            id: string;
            /** @description Rises with every event; also the ETag. */
            version: number;
            /**
             * @description `scale` changes the number of copies of the release that runs.
             * @enum {string}
             */
            kind: "rollout" | "rollback" | "scale";
            componentRef: components["schemas"]["EntityRef"];
            componentTitle: string;
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            release: components["schemas"]["ReleaseSummary"];
            previousRelease?: components["schemas"]["ReleaseSummary"];
            strategy: components["schemas"]["Strategy"];
            replicas: number;
            /** @description Which runtime runs it. Absent in rollouts from before it was told. */
            runtime?: string;
            progressDeadlineSeconds: number;
            phase: components["schemas"]["RolloutPhase"];
            /** @description What is going on or went wrong, in words. */
            message?: string;
            /**
             * @description Set while nothing goes on: without a person, before the gates are open, or before a window opens that holds what is under way.
             * @enum {string}
             */
            waitingFor?: "person" | "gates" | "window";
            /**
             * @description attention: retries are used up; retry or abort.
             * @enum {string}
             */
            waitReason?: "pauseStep" | "pausedByPerson" | "inconclusive" | "promotion" | "attention";
            currentStepIndex: number;
            steps: components["schemas"]["StepState"][];
            /** @description Percent of traffic that goes to the new release now. */
            weight: number;
            weightHistory: components["schemas"]["WeightPoint"][];
            observation?: components["schemas"]["Observation"];
            requestedBy: string;
            reason?: string;
            /** @description The ended rollout that this one tries again. */
            retryOf?: string;
            /** @description The promotion that it is a part of. */
            promotion?: {
                id: string;
                stage: string;
            };
            gates?: components["schemas"]["RolloutGates"];
            createdAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
            finishedAt?: components["schemas"]["Instant"];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        RolloutEvent: {
            id: string;
            version: number;
            type: string;
            at: components["schemas"]["Instant"];
            /** @description Who: an entity reference, a service, or `engine`. */
            actor: string;
            /** @description In words. */
            summary: string;
            data: {
                [key: string]: unknown;
            };
        };
        LogLine: {
            at: components["schemas"]["Instant"];
            instance: string;
            /** @enum {string} */
            stream: "stdout" | "stderr" | "system";
            text: string;
        };
        CloudEvent: {
            /** @constant */
            specversion: "1.0";
            id: string;
            source: string;
            /** @description Such as `dev.slipway.delivery.rollout.started`. */
            type: string;
            /** @description The rollout's or release's id. */
            subject?: string;
            time: components["schemas"]["Instant"];
            datacontenttype?: string;
            data: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The request is not valid; `errors` names each field and the reason. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or the token is not valid. Backstage answers before this API does, with an error body of its own. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BackstageError"];
            };
        };
        /** @description The caller lacks the permission that `detail` names. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or the caller may not see it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not possible as things stand now, or the `Idempotency-Key` was used for another request. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The rollout or promotion has changed since the version in `If-Match`. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 256 KiB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not `application/json`, or is in a charset or encoding that is not supported. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A vendor that this needs does not answer. Nothing was changed; try again later. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What else went wrong, as RFC 9457 problem details with Backstage's `error` beside it. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        componentRef: components["schemas"]["EntityRef"];
        environmentRef: components["schemas"]["EntityRef"];
        requiredComponentRef: components["schemas"]["EntityRef"];
        requiredEnvironmentRef: components["schemas"]["EntityRef"];
        releaseId: components["schemas"]["Id"];
        approvalId: components["schemas"]["Id"];
        rolloutId: components["schemas"]["Id"];
        promotionId: components["schemas"]["Id"];
        /** @description `page.nextCursor` of the page before. */
        cursor: string;
        limit: number;
        /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
        idempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version of the rollout or promotion, for `If-Match`. */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The OpenAPI 3.1 document of this API. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be chosen from. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliverySettings"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listEnvironments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Environments by `order`, then name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Environment"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listDeployments: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                environmentRef?: components["parameters"]["environmentRef"];
                /** @description Entity reference of the component's owner. */
                owner?: components["schemas"]["EntityRef"];
                /** @description Entity reference of the component's system. */
                system?: components["schemas"]["EntityRef"];
                tier?: components["schemas"]["Tier"];
                /** @description `page.nextCursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deployments, by component then environment order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Deployment"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getTargetActions: {
        parameters: {
            query: {
                componentRef: components["parameters"]["requiredComponentRef"];
                environmentRef: components["parameters"]["requiredEnvironmentRef"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The actions `release`, `deploy`, `rollback` and `pin`, each allowed or not and why. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowedActions: components["schemas"]["AllowedActions"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getTargetGates: {
        parameters: {
            query: {
                componentRef: components["parameters"]["requiredComponentRef"];
                environmentRef: components["parameters"]["requiredEnvironmentRef"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetGates"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    scaleTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScaleTargetRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description Started. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listReleases: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                version?: components["schemas"]["Version"];
                sort?: "createdAt" | "-createdAt";
                /** @description `page.nextCursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of releases. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Release"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReleaseRequest"];
            };
        };
        responses: {
            /** @description This very release exists already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                releaseId: components["parameters"]["releaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    compareRelease: {
        parameters: {
            query: {
                environmentRef: components["schemas"]["EntityRef"];
                /** @description What it is compared with; what runs there when left out. */
                fromReleaseId?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                releaseId: components["parameters"]["releaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseComparison"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    previewRelease: {
        parameters: {
            query: {
                environmentRef: components["schemas"]["EntityRef"];
                /** @description By which it would be rolled out; the one of the environment when left out. */
                strategy?: "rolling" | "blueGreen" | "canary";
            };
            header?: never;
            path: {
                releaseId: components["parameters"]["releaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would change, or why nobody knows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listRollouts: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                environmentRef?: components["parameters"]["environmentRef"];
                /** @description true for those still going on, false for the ended ones. */
                active?: boolean;
                /** @description Only those that wait for this. */
                waitingFor?: "person" | "gates" | "window";
                /** @description Those of the kind `scale` too. */
                withScaling?: boolean;
                sort?: "createdAt" | "-createdAt";
                /** @description `page.nextCursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rollouts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Rollout"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    startRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRolloutRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description Started. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRollout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rolloutId: components["parameters"]["rolloutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rollout. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listRolloutEvents: {
        parameters: {
            query?: {
                afterVersion?: number;
                limit?: number;
            };
            header?: never;
            path: {
                rolloutId: components["parameters"]["rolloutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RolloutEvent"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getRolloutLogs: {
        parameters: {
            query?: {
                /** @description The new release when left out. */
                releaseId?: components["schemas"]["Id"];
                /** @description How many lines from the end. */
                tail?: number;
            };
            header?: never;
            path: {
                rolloutId: components["parameters"]["rolloutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["LogLine"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    actOnRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description An ETag of the rollout; refused (412) when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                rolloutId: components["parameters"]["rolloutId"];
                action: components["schemas"]["RolloutAction"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RolloutActionRequest"];
            };
        };
        responses: {
            /** @description The rollout as it is now (for the retry of an ended one, the new rollout). */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    startRollback: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRollbackRequest"];
            };
        };
        responses: {
            /** @description The aborted rollout, or the answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            /** @description The rollback that was started. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    startRollbacks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRollbacksRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRollbacks"];
                };
            };
            /** @description In the order of the targets, the rollback that was started, or the rollout that was aborted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRollbacks"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    judgeRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                releaseId: components["parameters"]["releaseId"];
                verdict: "reject" | "unreject";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The release as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pipeline"][];
                        problems: components["schemas"]["DocumentProblem"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    previewPipeline: {
        parameters: {
            query: {
                componentRef: components["parameters"]["requiredComponentRef"];
                /** @description The newest release when left out. */
                releaseId?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stage by stage. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelinePreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listWindowOccurrences: {
        parameters: {
            query: {
                from: components["schemas"]["Instant"];
                /** @description At most 370 days after `from`. */
                to: components["schemas"]["Instant"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By start. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WindowOccurrence"][];
                        problems: components["schemas"]["DocumentProblem"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description `waitingForMe`: pending, and the caller may vote. `mine`: the caller asked or voted. `decided`: no longer pending. `reviews`: break-glass that nobody has reviewed. */
                view?: "all" | "waitingForMe" | "mine" | "decided" | "reviews";
                componentRef?: components["parameters"]["componentRef"];
                /** @description `page.nextCursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of approvals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Approval"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: components["parameters"]["approvalId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is asked, what would change, and how risky that is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description An ETag of the rollout or the request; refused (412) when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                approvalId: components["parameters"]["approvalId"];
                decision: components["schemas"]["ApprovalDecision"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalDecisionRequest"];
            };
        };
        responses: {
            /** @description The approval as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    askApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskApprovalRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestApproval"];
                };
            };
            /** @description People are asked. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestApproval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    getApprovalRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: components["parameters"]["approvalId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is asked, and how it stands. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestApproval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    withdrawApprovalRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description An ETag of the request; refused (412) when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                approvalId: components["parameters"]["approvalId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RolloutActionRequest"];
            };
        };
        responses: {
            /** @description It is withdrawn. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestApproval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    reviewBreakGlass: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description An ETag of the rollout; refused (412) when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                rolloutId: components["parameters"]["rolloutId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description The rollout as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listPromotions: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                /** @description true for those still going on, false for the ended ones. */
                active?: boolean;
                /** @description `page.nextCursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of promotions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Promotion"][];
                        page: components["schemas"]["Page"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    startPromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartPromotionRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            /** @description Started. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    planPromotion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartPromotionRequest"];
            };
        };
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromotionPlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPromotion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                promotionId: components["parameters"]["promotionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The promotion. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listPromotionEvents: {
        parameters: {
            query?: {
                afterVersion?: number;
                limit?: number;
            };
            header?: never;
            path: {
                promotionId: components["parameters"]["promotionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RolloutEvent"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    actOnPromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description An ETag of the promotion; refused (412) when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                promotionId: components["parameters"]["promotionId"];
                action: components["schemas"]["PromotionAction"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RolloutActionRequest"];
            };
        };
        responses: {
            /** @description The promotion as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Hold"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateHoldRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description From now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                holdId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description It is released. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listWindowExceptions: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By their beginning; at most 500, of components that the caller may see. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WindowException"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    askWindowException: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskWindowExceptionRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowException"];
                };
            };
            /** @description People are asked. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowException"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    endWindowException: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                exceptionId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description It has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowException"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listDelegations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delegation"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createDelegation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDelegationRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            /** @description From now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    endDelegation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                delegationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    readEvents: {
        parameters: {
            query?: {
                /** @description The cursor of the last answer (its `Slipway-Cursor` header). The beginning when left out. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events in order; an empty batch when there are none yet. */
            200: {
                headers: {
                    /** @description Where to go on from. */
                    "Slipway-Cursor"?: string;
                    /** @description Whether more can be read at once. */
                    "Slipway-More"?: "true" | "false";
                    [name: string]: unknown;
                };
                content: {
                    "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
}
