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
    "/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that has replicas, of components that the caller may see. */
        get: operations["listTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One target. */
        get: operations["getTarget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replicas against load, over time. */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What its autoscaler and workload told. */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The environments that are looked at, and whether they answer. */
        get: operations["listSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the target may be changed, by whom, and the change that stands. */
        get: operations["getOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets how many replicas there are, until an instant or until it is ended. Takes the place of the change that stands. */
        post: operations["scaleTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has the target scale by a policy, once everybody who has to has agreed and a window is open. Takes the place of the policy that stands. */
        post: operations["applyPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of how many replicas there are, of components that the caller may see. */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change. */
        get: operations["getChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes/{changeId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a change now, and puts back what was, or leaves it as it is. Of one that could not be put back, tries again. */
        post: operations["endChange"];
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
        /** The feed of all that happened to changes, gap-free, as a CloudEvents 1.0 batch. For services and for people who may read all of it. */
        get: operations["readEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a policy would have made of the recorded load. Changes nothing. */
        post: operations["whatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many replicas its load will ask for, by its trend and its week. */
        get: operations["getForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/right-sizing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much CPU and memory its containers should request, by what was used, with the arithmetic. */
        get: operations["getRightSizing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/right-size": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rolls out what runs with the recommended requests, as a release of its own, in the name of whoever asks. Approvals, windows and verification of the environment hold for it. Needs the permissions of delivery for both. */
        post: operations["rightSize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/spread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How requests and errors spread over its replicas and zones. */
        get: operations["getSpread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{targetId}/bottlenecks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What keeps it from scaling well, with evidence of the last 12 hours. */
        get: operations["listBottlenecks"];
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
        /** @description Of a target or a change. */
        Id: string;
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
        /**
         * @description `hpa`: a HorizontalPodAutoscaler. `keda`: a ScaledObject. `slipway`: a scaling policy that Slipway follows by itself. `fixed`: nobody but people and releases.
         * @enum {string}
         */
        DriverKind: "hpa" | "keda" | "slipway" | "fixed";
        Driver: {
            kind: components["schemas"]["DriverKind"];
            /** @description Of the autoscaler, or of the policy. Absent when fixed. */
            name?: string;
            /** @description Somebody has paused the autoscaler. */
            paused?: boolean;
        };
        Metric: {
            /** @description Such as `cpu`. */
            name: string;
            /** @description As the autoscaler last measured it. Absent when it could not. */
            current?: string;
            /** @description What the autoscaler keeps it at. */
            target?: string;
            /** @description Current by target; over 1 asks for more replicas. */
            ratio?: number;
            /** @description The mean of the replicas in percent of what they request. Absent when unknown. */
            utilization?: number;
            /** @description The mean of the replicas as a number of cores, of bytes, or of what is counted. Absent when unknown. */
            average?: number;
        };
        Condition: {
            /** @description As the autoscaler calls it, such as `ScalingLimited`. */
            type: string;
            /** @description Such as `TooManyReplicas`. */
            reason: string;
            /** @enum {string} */
            severity: "info" | "warning" | "error";
            /** @description In words. */
            message: string;
            /** @description As the autoscaler says it. */
            detail?: string;
            since?: components["schemas"]["Instant"];
        };
        ResourceRecommendation: {
            container: string;
            /** @description By resource, such as `cpu: 100m`. */
            target: {
                [key: string]: string;
            };
        };
        Target: {
            id: components["schemas"]["Id"];
            componentRef: components["schemas"]["EntityRef"];
            componentTitle: string;
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            /** @description Such as `Deployment/checkout`. */
            workload: string;
            driver: components["schemas"]["Driver"];
            /** @description Whether delivery rolls it out. Absent where it does not. */
            delivered?: boolean;
            /** @description Absent when unknown. */
            currentReplicas?: number;
            /** @description Absent when unknown. */
            readyReplicas?: number;
            /** @description Absent when unknown. */
            desiredReplicas?: number;
            /** @description The autoscaler goes no lower. */
            minReplicas?: number;
            /** @description The autoscaler goes no higher. */
            maxReplicas?: number;
            metrics: components["schemas"]["Metric"][];
            conditions: components["schemas"]["Condition"][];
            /** @description Of a VerticalPodAutoscaler. */
            recommendations: components["schemas"]["ResourceRecommendation"][];
            resources?: components["schemas"]["ReplicaResources"];
            /** @description Absent when unknown. */
            containers?: components["schemas"]["ContainerResources"][];
            /** @description The highest ratio of its metrics. Absent when unknown. */
            load?: number;
            /** @description Something keeps it from scaling, or nobody knows. */
            attention: boolean;
            observedAt: components["schemas"]["Instant"];
            /** @description Why it has not been seen since then. Absent while it is. */
            problem?: string;
        };
        Event: {
            id: string;
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            severity: "info" | "warning";
            reason: string;
            message: string;
            count: number;
        };
        Sample: {
            at: components["schemas"]["Instant"];
            /** @description The mean. */
            replicas: number;
            /** @description The most. */
            maxReplicas: number;
            /** @description The mean of the highest ratio. Absent when unknown. */
            load?: number;
        };
        History: {
            stepSeconds: number;
            samples: components["schemas"]["Sample"][];
        };
        Source: {
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            /** @description For people. */
            provider: string;
            readAt?: components["schemas"]["Instant"];
            /** @description Why it does not answer. Absent when it does. */
            problem?: string;
        };
        /** @description For each action whether this caller may take it now, and if not, why. */
        AllowedActions: {
            [key: string]: {
                allowed: boolean;
                /** @description Why not. Absent when allowed. */
                reason?: string;
            };
        };
        Setting: {
            driver: components["schemas"]["DriverKind"];
            /** @description Of the autoscaler. Absent when fixed. */
            name?: string;
            /** @description When fixed. */
            replicas?: number;
            /** @description Of an autoscaler. */
            minReplicas?: number;
            /** @description Of an autoscaler. */
            maxReplicas?: number;
        };
        ScaleRequest: {
            /** @description Under an autoscaler the least: it may add more, and its most is raised where this lies above it. */
            replicas: number;
            reason: string;
            /** @description When it ends by itself. Needed in production; at most 30 days ahead. */
            until?: components["schemas"]["Instant"];
        };
        ApplyPolicyRequest: {
            /** @description A document of `kind: ScalingPolicy`, as JSON or as YAML text. */
            policy: string | {
                [key: string]: unknown;
            };
            reason: string;
        };
        EndChangeRequest: {
            reason: string;
            /**
             * @description Whether what was is put back; else it stays as it is.
             * @default true
             */
            restore?: boolean;
        };
        Options: {
            /** @description How many replicas may be asked for. */
            bounds: {
                min: number;
                max: number;
            };
            untilRequired: boolean;
            /** @description How far ahead the end may lie. */
            longestDays: number;
            allowedActions: components["schemas"]["AllowedActions"];
            /** @description That stands now; a new one takes its place. */
            activeChange?: components["schemas"]["Change"];
        };
        /**
         * @description `held`: people have not agreed yet, or no window is open. `preparing`: looks how it is set. `reverting`: puts back what was. `stuck`: could not, and tries again from time to time. `ended` and `failed` are final.
         * @enum {string}
         */
        ChangePhase: "held" | "preparing" | "applying" | "active" | "reverting" | "stuck" | "ended" | "failed";
        Change: {
            id: components["schemas"]["Id"];
            /** @description Rises with every event; also the ETag. */
            version: number;
            /** @enum {string} */
            kind: "scale" | "policy";
            targetId: components["schemas"]["Id"];
            componentRef: components["schemas"]["EntityRef"];
            componentTitle: string;
            environmentRef: components["schemas"]["EntityRef"];
            environmentName: string;
            tier: components["schemas"]["Tier"];
            workload: string;
            /**
             * @description Who carries it out: delivery what it runs itself, else the provider of the runtime. Of a policy: with `delivery` Slipway follows it by itself, else an autoscaler does.
             * @enum {string}
             */
            via: "delivery" | "provider";
            /** @description By hand. */
            replicas?: number;
            /** @description By which it scales. */
            policy?: components["schemas"]["ScalingPolicy"];
            policyDigest?: string;
            /** @description Of delivery, all of which a policy needs. */
            approvals?: string[];
            /** @description Of a policy, for the time being. */
            limits?: {
                min: number;
                max: number;
                /** @description That says so. */
                schedule?: string;
                /** @description When others begin to hold. */
                nextChangeAt?: components["schemas"]["Instant"];
            };
            until?: components["schemas"]["Instant"];
            reason: string;
            requestedBy: string;
            phase: components["schemas"]["ChangePhase"];
            /** @description How it was set. Absent while nobody knows. */
            before?: components["schemas"]["Setting"];
            /** @description How it is to be set meanwhile. */
            wanted?: components["schemas"]["Setting"];
            /** @description What the present step waits for, in words. */
            waitsFor?: string;
            /** @description Of delivery, that carries the present step out. */
            rolloutId?: string;
            /** @description Why it is over. */
            end?: {
                /** @enum {string} */
                as: "expired" | "ended" | "superseded" | "failed";
                by?: string;
                reason?: string;
                /** @description That took its place. */
                changeId?: string;
                /** @description A policy goes and the replicas stay. */
                keepsReplicas?: boolean;
            };
            /** @description How it stands where it was changed. */
            outcome?: {
                /**
                 * @description `left`: not put back, by wish or because somebody had changed it meanwhile. `takenOver`: for the next change to put back.
                 * @enum {string}
                 */
                kind: "restored" | "left" | "gone" | "untouched" | "takenOver";
                /** @description What somebody had changed it to. */
                found?: components["schemas"]["Setting"];
            };
            /** @description Why it could not be put back. */
            problem?: string;
            createdAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
            finishedAt?: components["schemas"]["Instant"];
            allowedActions: components["schemas"]["AllowedActions"];
        };
        CloudEvent: {
            /** @constant */
            specversion: "1.0";
            id: string;
            source: string;
            /** @description Such as `dev.slipway.scaling.change.applied`. */
            type: string;
            /** @description The change's id. */
            subject?: string;
            time: components["schemas"]["Instant"];
            datacontenttype?: string;
            data: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description Seconds, or a number with unit (`30s`, `5m`, `1h`, `7d`). */
        Duration: number | string;
        DocumentMetadata: {
            /** @description Unique among the documents of a kind. */
            name: string;
            title?: string;
            description?: string;
        };
        /** @description How many replicas there are to be of a component, by its load and the time. */
        ScalingPolicy: {
            /** @enum {string} */
            apiVersion: "slipway.dev/v1alpha1";
            /** @enum {string} */
            kind: "ScalingPolicy";
            metadata: components["schemas"]["DocumentMetadata"];
            spec: components["schemas"]["ScalingPolicySpec"];
        };
        ScalingPolicySpec: {
            /** @description The limits in environments of each tier. In tiers that are not named the policy does nothing. */
            replicas: {
                development?: components["schemas"]["ReplicaLimits"];
                staging?: components["schemas"]["ReplicaLimits"];
                production?: components["schemas"]["ReplicaLimits"];
            };
            /** @description The one that asks for most replicas decides. */
            metrics: components["schemas"]["PolicyMetric"][];
            behavior?: components["schemas"]["ScalingBehavior"];
            /** @description Other limits at times. Of several at once the first holds. */
            schedules?: components["schemas"]["PolicySchedule"][];
        };
        ReplicaLimits: {
            min: number;
            max: number;
        };
        PolicyMetric: components["schemas"]["CpuPolicyMetric"] | components["schemas"]["MemoryPolicyMetric"] | components["schemas"]["RequestsPolicyMetric"] | components["schemas"]["QueuePolicyMetric"] | components["schemas"]["PrometheusPolicyMetric"];
        CpuPolicyMetric: {
            /** @enum {string} */
            type: "cpu";
            targetUtilization: components["schemas"]["TargetUtilization"];
        };
        MemoryPolicyMetric: {
            /** @enum {string} */
            type: "memory";
            targetUtilization: components["schemas"]["TargetUtilization"];
        };
        RequestsPolicyMetric: {
            /** @enum {string} */
            type: "requestsPerReplica";
            /** @description Requests that each replica answers in a second. */
            target: number;
            query?: components["schemas"]["PrometheusQuery"];
        };
        QueuePolicyMetric: {
            /** @enum {string} */
            type: "queueLength";
            /** @description Items that wait, for each replica. */
            target: number;
            query?: components["schemas"]["PrometheusQuery"];
        };
        PrometheusPolicyMetric: {
            /** @enum {string} */
            type: "prometheus";
            /** @description What it is called in histories and reasons. Unique among the metrics. */
            name: string;
            query: components["schemas"]["PrometheusQuery"];
            /** @description What the query counts, for each replica. */
            target: number;
        };
        /** @description Percent of what the replicas request. */
        TargetUtilization: number;
        /** @description PromQL that answers one number, of all replicas together. */
        PrometheusQuery: string;
        /** @description How fast it goes, as of a HorizontalPodAutoscaler (`autoscaling/v2`), with the same values where one is left out. */
        ScalingBehavior: {
            scaleUp?: components["schemas"]["ScalingRules"];
            scaleDown?: components["schemas"]["ScalingRules"];
        };
        ScalingRules: {
            /** @description The safest wish of so long a time holds; 0 upwards and 300 downwards when left out. */
            stabilizationWindowSeconds?: number;
            /**
             * @description Which of the policies holds, the one that lets most or least change; Max when left out. Disabled forbids the direction.
             * @enum {string}
             */
            selectPolicy?: "Max" | "Min" | "Disabled";
            /** @description Upwards the greater of 4 and 100 % each 15 s, downwards 100 % each 15 s, when left out. */
            policies?: components["schemas"]["ScalingRule"][];
            /** @description How far load may be from its target before anything is done; 0.1 (10 %) when left out. */
            tolerance?: number;
        };
        ScalingRule: {
            /** @enum {string} */
            type: "Pods" | "Percent";
            value: number;
            periodSeconds: number;
        };
        PolicySchedule: {
            /** @description Unique among the schedules. */
            name: string;
            /** @description All of the policy's when left out. */
            tiers?: components["schemas"]["Tier"][];
            /** @description Local date and time at which it begins first. */
            start: string;
            /** @description An IANA time zone, such as `Europe/Berlin`. */
            timeZone: string;
            duration: components["schemas"]["Duration"];
            /** @description An RFC 5545 recurrence rule, such as `FREQ=DAILY`. Once when left out. */
            recurrence?: string;
            replicas: components["schemas"]["ScheduledLimits"];
        };
        /** @description None at all is `min` 0 with `max` 0; it is left when the schedule is over, as the load of no replicas cannot be measured. */
        ScheduledLimits: {
            min: number;
            max: number;
        };
        /** @description What one replica requests. What is not known is left out. */
        ReplicaResources: {
            cpuCores?: number;
            memoryBytes?: number;
        };
        /** @description What a container of a replica requests and is limited to. What is not set is left out. */
        ContainerResources: {
            name: string;
            requests: components["schemas"]["ReplicaResources"];
            limits: components["schemas"]["ReplicaResources"];
            /** @description Delivery rolls it out with what its release says. Absent where it does not. */
            ofRelease?: boolean;
        };
        WhatIfRequest: {
            /** @description A document of `kind: ScalingPolicy`, as an object or as YAML or JSON text. */
            policy: string | {
                [key: string]: unknown;
            };
            /**
             * @description The last so many. Up to 24 by the minute, beyond that by the quarter of an hour.
             * @default 24
             */
            hours?: number;
            /** @description How long a new replica takes before it works; 30 when left out, which is an assumption. */
            startupSeconds?: number;
        };
        WhatIf: {
            /** @description Load is a mean over so long; a peak that is shorter is not seen. */
            stepSeconds: number;
            startupSeconds: number;
            startupAssumed: boolean;
            recorded: components["schemas"]["WhatIfOutcome"];
            simulated: components["schemas"]["WhatIfOutcome"];
            price?: components["schemas"]["ReplicaPrice"];
            /** @description Why nothing is known of cost. Absent when it is. */
            noPrice?: string;
            /** @description Oldest first. Where nothing was recorded there is nothing. */
            series: components["schemas"]["WhatIfPoint"][];
            /** @description What the policy would have changed and why, oldest first, at most 100. */
            changes: components["schemas"]["WhatIfChange"][];
            /** @description With those that are left out. */
            totalChanges: number;
        };
        WhatIfOutcome: {
            replicaHours: number;
            peakReplicas: number;
            /** @description For how long a metric of the policy was over its target. */
            secondsOver: number;
            /** @description For how long anything was recorded. */
            seconds: number;
            /** @description In the currency of `price`. Absent when unknown. */
            cost?: number;
        };
        ReplicaPrice: {
            currency: string;
            perReplicaHour: number;
        };
        WhatIfPoint: {
            at: components["schemas"]["Instant"];
            /** @description How many replicas would have been just at their target. Absent when no metric is known. */
            demand?: number;
            recordedReplicas: number;
            simulatedReplicas: number;
            /** @description By the policy's targets; over 1 is too much. Absent when unknown, or when nothing worked. */
            recordedLoad?: number;
            /** @description The same with the simulated replicas. */
            simulatedLoad?: number;
        };
        WhatIfChange: {
            at: components["schemas"]["Instant"];
            from: number;
            to: number;
            reason: string;
        };
        Forecast: {
            /** @description Why there is none, in words. Then there are no points. */
            refused?: string;
            /** @description How probably the load lies within the interval. */
            confidence?: number;
            /** @description How many replicas more each week, in the mean. */
            trendPerWeek?: number;
            /** @description The present limit. Absent when there is none. */
            maxReplicas?: number;
            /** @description When more than the present limit will be asked for. Absent when not in this time. */
            reachesMaxAt?: components["schemas"]["Instant"];
            /** @description When the upper end of the interval is over the limit. Absent when not in this time. */
            mayReachMaxAt?: components["schemas"]["Instant"];
            /** @description What was, by the hour. */
            history: components["schemas"]["DemandPoint"][];
            /** @description By the hour. */
            points: components["schemas"]["ForecastPoint"][];
        };
        DemandPoint: {
            at: components["schemas"]["Instant"];
            /** @description How many replicas would have been just at their target. */
            demand: number;
        };
        ForecastPoint: {
            at: components["schemas"]["Instant"];
            demand: number;
            low: number;
            high: number;
        };
        Bottleneck: {
            /** @enum {string} */
            kind: "atMaximum" | "memoryDecides" | "restless" | "idleAtMinimum" | "cpuThrottled" | "memoryNearLimit" | "unevenReplicas";
            /** @description What it is concluded from. */
            evidence: string;
            /** @description What to do. */
            action: string;
        };
        RightSizing: {
            /** @description Why there is none, in words. Then there are no containers. */
            refused?: string;
            /** @description Who recorded it, for people. */
            source?: string;
            from: components["schemas"]["Instant"];
            to: components["schemas"]["Instant"];
            /** @description Of one sample to the next. */
            stepSeconds?: number;
            /** @description How many were measured at once, in the mean. */
            replicas?: number;
            containers: components["schemas"]["ContainerSizing"][];
            saving?: components["schemas"]["Saving"];
            /** @description Why the saving is not known. Absent when it is. */
            noSaving?: string;
            /** @description What to mind before it is applied. */
            notes: string[];
        };
        RightSizeRequest: {
            /** @description As it is recommended; refused (409) when that has changed. Left as it is when left out. */
            cpuCores?: number;
            /** @description Likewise. */
            memoryBytes?: number;
            /** @default 7 */
            days?: number;
            reason: string;
        };
        SizedRollout: {
            releaseId: components["schemas"]["Id"];
            version: string;
            rolloutId: components["schemas"]["Id"];
        };
        ContainerSizing: {
            container: string;
            resources: components["schemas"]["ResourceSizing"][];
        };
        /** @description Cores of CPU, bytes of memory. */
        ResourceSizing: {
            /** @enum {string} */
            resource: "cpu" | "memory";
            /** @description The present one. Absent when there is none. */
            request?: number;
            /** @description The present one. Absent when there is none. */
            limit?: number;
            /** @description Of all replicas. */
            samples: number;
            /** @description How many different ones were measured. */
            replicas: number;
            /** @description In which part of the time there are samples; 0 to 1. */
            coverage: number;
            /** @description Nearest rank: the least value that so many percent of the samples do not exceed. */
            percentile: number;
            /** @description At the percentile. */
            observed: number;
            /** @description Of all samples. */
            highest: number;
            /** @description The percentile of each day by itself. Absent with less than two days. */
            byDay?: {
                lowest: number;
                highest: number;
            };
            /** @description Added to what was observed; 0.15 is 15 %. */
            headroom: number;
            /** @description Observed and headroom, rounded up. */
            recommended: number;
            /**
             * @description keep: it differs by no more than a tenth. set: nothing is requested yet.
             * @enum {string}
             */
            verdict: "lower" | "raise" | "keep" | "set";
            /** @enum {string} */
            confidence: "low" | "medium" | "high";
            /** @description What the confidence and the verdict rest on. */
            reasons: string[];
        };
        Saving: {
            currency: string;
            /** @description Below 0 when it costs more. */
            perMonth: number;
            hoursPerMonth: number;
            /** @description As many as were measured at once. */
            replicas: number;
        };
        Spread: {
            /** @description Why it is not known, in words. Then there are no replicas. */
            refused?: string;
            /** @description Who measured it, for people. */
            source?: string;
            from: components["schemas"]["Instant"];
            to: components["schemas"]["Instant"];
            /** @description Those with most requests first. */
            replicas: components["schemas"]["SpreadPart"][];
            /** @description None where they are not known. */
            zones: components["schemas"]["SpreadPart"][];
        };
        SpreadPart: {
            /** @description Of the replica or the zone. */
            name: string;
            /** @description Of a replica. Absent when unknown. */
            zone?: string;
            /** @description Of a zone; 1 of a replica. */
            replicas: number;
            requestsPerSecond: number;
            /** @description Of all requests; 0 to 1. */
            share: number;
            /** @description 0 to 1. Absent when there were no requests. */
            errorRatio?: number;
            /** @description How it differs from the others, in words. Absent when it does not, beyond chance. */
            uneven?: string;
        };
    };
    responses: {
        /** @description Not possible as things stand now, or the `Idempotency-Key` was used for another request. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The change has changed since the version in `If-Match`. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
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
        targetId: components["schemas"]["Id"];
        changeId: components["schemas"]["Id"];
        /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
        idempotencyKey: string;
        /** @description The ETag of the change that stands; refused (412) when it has changed since, or another one took its place. */
        ifMatch: string;
        /** @description `page.nextCursor` of the page before. */
        cursor: string;
        limit: number;
    };
    requestBodies: never;
    headers: {
        /** @description The version of the change, for `If-Match`. */
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
    listTargets: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                environmentRef?: components["parameters"]["environmentRef"];
                driver?: components["schemas"]["DriverKind"];
                /** @description Those only where something keeps it from scaling, or where nobody knows. */
                attention?: boolean;
                /** @description A part of the component's title or of the workload's name. */
                search?: string;
                /** @description By component, by replicas now, or by load; what is unknown counts as less than nothing. */
                sort?: "component" | "-component" | "replicas" | "-replicas" | "load" | "-load";
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
            /** @description A page of targets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Target"][];
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
    getTarget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The target as it was last seen. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getHistory: {
        parameters: {
            query?: {
                /** @description The last so many. Up to 24 by the minute, beyond that by the quarter of an hour. */
                hours?: number;
            };
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Samples, oldest first. Where nothing was seen there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, at most 200. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Event"][];
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
    listSources: {
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
                        items: components["schemas"]["Source"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
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
                    "application/json": components["schemas"]["Options"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    scaleTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description The ETag of the change that stands; refused (412) when it has changed since, or another one took its place. */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScaleRequest"];
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
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description Begun. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            default: components["responses"]["Problem"];
        };
    };
    applyPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyPolicyRequest"];
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
                    "application/json": components["schemas"]["Change"];
                };
            };
            /** @description Begun. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Problem"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                componentRef?: components["parameters"]["componentRef"];
                environmentRef?: components["parameters"]["environmentRef"];
                targetId?: components["schemas"]["Id"];
                /** @description Those only that have not ended, or those only that have. */
                active?: boolean;
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
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Change"][];
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
    getChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                changeId: components["parameters"]["changeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    endChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
                /** @description The ETag of the change that stands; refused (412) when it has changed since, or another one took its place. */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                changeId: components["parameters"]["changeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndChangeRequest"];
            };
        };
        responses: {
            /** @description It is being ended, or has ended. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
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
    whatIf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatIfRequest"];
            };
        };
        responses: {
            /** @description What was, beside what would have been. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getForecast: {
        parameters: {
            query?: {
                /** @description So far ahead. */
                days?: number;
            };
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The forecast, or why there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getRightSizing: {
        parameters: {
            query?: {
                /** @description The last so many. */
                days?: number;
            };
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recommendation, or why there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightSizing"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    rightSize: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RightSizeRequest"];
            };
        };
        responses: {
            /** @description The answer to an earlier request with the same `Idempotency-Key`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SizedRollout"];
                };
            };
            /** @description Begun. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SizedRollout"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Problem"];
        };
    };
    getSpread: {
        parameters: {
            query?: {
                /** @description The last so many. */
                minutes?: number;
            };
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The spread, or why it is not known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Spread"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listBottlenecks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                targetId: components["parameters"]["targetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None where nothing is found, or where too little is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Bottleneck"][];
                        /** @description Why usage was not looked at, and so neither throttling, memory near its limit nor uneven replicas were. Absent when it was. */
                        notLookedAt?: string;
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
}
