// Generated from openapi.yaml by `npm run generate:openapi`. Not to be edited by hand.
export const openApiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "scaling",
    "version": "1",
    "description": "How many replicas of what run where, what drives them, and why it did not scale.\n\n`x-permission` of an operation is the permission that its caller needs.\n",
    "license": {
      "name": "Apache-2.0",
      "url": "https://www.apache.org/licenses/LICENSE-2.0"
    }
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "paths": {
    "/openapi.json": {
      "get": {
        "operationId": "getOpenApi",
        "x-permission": "none",
        "summary": "This document.",
        "responses": {
          "200": {
            "description": "The OpenAPI 3.1 document of this API.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "additionalProperties": true
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets": {
      "get": {
        "operationId": "listTargets",
        "x-permission": "scaling.target.read",
        "summary": "All that has replicas, of components that the caller may see.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "$ref": "#/components/parameters/environmentRef"
          },
          {
            "name": "driver",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/DriverKind"
            }
          },
          {
            "name": "attention",
            "in": "query",
            "description": "Those only where something keeps it from scaling, or where nobody knows.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "search",
            "in": "query",
            "description": "A part of the component's title or of the workload's name.",
            "schema": {
              "type": "string",
              "maxLength": 100
            }
          },
          {
            "name": "sort",
            "in": "query",
            "description": "By component, by replicas now, or by load; what is unknown counts as less than nothing.",
            "schema": {
              "type": "string",
              "enum": [
                "component",
                "-component",
                "replicas",
                "-replicas",
                "load",
                "-load"
              ],
              "default": "component"
            }
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of targets.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items",
                    "page"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Target"
                      }
                    },
                    "page": {
                      "$ref": "#/components/schemas/Page"
                    }
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/{targetId}": {
      "get": {
        "operationId": "getTarget",
        "x-permission": "scaling.target.read",
        "summary": "One target.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          }
        ],
        "responses": {
          "200": {
            "description": "The target as it was last seen.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Target"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/{targetId}/history": {
      "get": {
        "operationId": "getHistory",
        "x-permission": "scaling.target.read",
        "summary": "Replicas against load, over time.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          },
          {
            "name": "hours",
            "in": "query",
            "description": "The last so many. Up to 24 by the minute, beyond that by the quarter of an hour.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 720,
              "default": 6
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Samples, oldest first. Where nothing was seen there is none.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/History"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/{targetId}/events": {
      "get": {
        "operationId": "listEvents",
        "x-permission": "scaling.target.read",
        "summary": "What its autoscaler and workload told.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          }
        ],
        "responses": {
          "200": {
            "description": "Newest first, at most 200.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Event"
                      }
                    }
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/sources": {
      "get": {
        "operationId": "listSources",
        "x-permission": "scaling.target.read",
        "summary": "The environments that are looked at, and whether they answer.",
        "responses": {
          "200": {
            "description": "By name.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Source"
                      }
                    }
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    }
  },
  "components": {
    "parameters": {
      "componentRef": {
        "name": "componentRef",
        "in": "query",
        "allowReserved": true,
        "schema": {
          "$ref": "#/components/schemas/EntityRef"
        }
      },
      "environmentRef": {
        "name": "environmentRef",
        "in": "query",
        "allowReserved": true,
        "schema": {
          "$ref": "#/components/schemas/EntityRef"
        }
      },
      "targetId": {
        "name": "targetId",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/Id"
        }
      },
      "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "`page.nextCursor` of the page before.",
        "schema": {
          "type": "string",
          "maxLength": 512
        }
      },
      "limit": {
        "name": "limit",
        "in": "query",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 200,
          "default": 50
        }
      }
    },
    "responses": {
      "BadRequest": {
        "description": "The request is not valid; `errors` names each field and the reason.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "Unauthorized": {
        "description": "Nobody is signed in, or the token is not valid. Backstage answers before this API does, with an error body of its own.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/BackstageError"
            }
          }
        }
      },
      "Forbidden": {
        "description": "The caller lacks the permission that `detail` names.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "NotFound": {
        "description": "There is no such thing, or the caller may not see it.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "Problem": {
        "description": "What else went wrong, as RFC 9457 problem details with Backstage's `error` beside it.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      }
    },
    "schemas": {
      "EntityRef": {
        "type": "string",
        "description": "A full catalog entity reference, such as `component:default/checkout`.",
        "pattern": "^[A-Za-z][A-Za-z0-9]*:[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$",
        "maxLength": 200
      },
      "Id": {
        "type": "string",
        "description": "Of a target.",
        "pattern": "^[A-Za-z0-9._-]+$",
        "minLength": 1,
        "maxLength": 64
      },
      "Tier": {
        "type": "string",
        "enum": [
          "development",
          "staging",
          "production"
        ]
      },
      "Instant": {
        "type": "string",
        "format": "date-time",
        "description": "An instant in UTC, ISO 8601."
      },
      "Page": {
        "type": "object",
        "required": [
          "totalItems"
        ],
        "additionalProperties": false,
        "properties": {
          "totalItems": {
            "type": "integer",
            "minimum": 0,
            "description": "Of all pages."
          },
          "nextCursor": {
            "type": "string",
            "description": "Absent on the last page."
          }
        }
      },
      "Problem": {
        "type": "object",
        "required": [
          "type",
          "title",
          "status",
          "detail"
        ],
        "properties": {
          "type": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "status": {
            "type": "integer"
          },
          "detail": {
            "type": "string"
          },
          "errors": {
            "type": "array",
            "description": "Each field that was refused, and why.",
            "items": {
              "type": "object",
              "required": [
                "pointer",
                "detail"
              ],
              "properties": {
                "pointer": {
                  "type": "string",
                  "description": "JSON pointer into the body",
                  "or the parameter's name.": null
                },
                "detail": {
                  "type": "string"
                }
              }
            }
          },
          "error": {
            "type": "object",
            "description": "The same for Backstage's own clients.",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "response": {
            "type": "object",
            "description": "What Backstage's `ResponseError` looks for beside `error`.",
            "required": [
              "statusCode"
            ],
            "properties": {
              "statusCode": {
                "type": "integer"
              }
            }
          }
        }
      },
      "BackstageError": {
        "type": "object",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          }
        }
      },
      "DriverKind": {
        "type": "string",
        "description": "`hpa`: a HorizontalPodAutoscaler. `keda`: a ScaledObject. `fixed`: nobody but people and releases.",
        "enum": [
          "hpa",
          "keda",
          "fixed"
        ]
      },
      "Driver": {
        "type": "object",
        "required": [
          "kind"
        ],
        "additionalProperties": false,
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/DriverKind"
          },
          "name": {
            "type": "string",
            "description": "Of the autoscaler. Absent when fixed."
          },
          "paused": {
            "type": "boolean",
            "description": "Somebody has paused the autoscaler."
          }
        }
      },
      "Metric": {
        "type": "object",
        "required": [
          "name"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "description": "Such as `cpu`."
          },
          "current": {
            "type": "string",
            "description": "As the autoscaler last measured it. Absent when it could not."
          },
          "target": {
            "type": "string",
            "description": "What the autoscaler keeps it at."
          },
          "ratio": {
            "type": "number",
            "description": "Current by target; over 1 asks for more replicas."
          }
        }
      },
      "Condition": {
        "type": "object",
        "required": [
          "type",
          "reason",
          "severity",
          "message"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "description": "As the autoscaler calls it, such as `ScalingLimited`."
          },
          "reason": {
            "type": "string",
            "description": "Such as `TooManyReplicas`."
          },
          "severity": {
            "type": "string",
            "enum": [
              "info",
              "warning",
              "error"
            ]
          },
          "message": {
            "type": "string",
            "description": "In words."
          },
          "detail": {
            "type": "string",
            "description": "As the autoscaler says it."
          },
          "since": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "ResourceRecommendation": {
        "type": "object",
        "required": [
          "container",
          "target"
        ],
        "additionalProperties": false,
        "properties": {
          "container": {
            "type": "string"
          },
          "target": {
            "type": "object",
            "description": "By resource, such as `cpu: 100m`.",
            "additionalProperties": {
              "type": "string"
            }
          }
        }
      },
      "Target": {
        "type": "object",
        "required": [
          "id",
          "componentRef",
          "componentTitle",
          "environmentRef",
          "environmentName",
          "tier",
          "workload",
          "driver",
          "metrics",
          "conditions",
          "recommendations",
          "attention",
          "observedAt"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "$ref": "#/components/schemas/Id"
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "componentTitle": {
            "type": "string"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentName": {
            "type": "string"
          },
          "tier": {
            "$ref": "#/components/schemas/Tier"
          },
          "workload": {
            "type": "string",
            "description": "Such as `Deployment/checkout`."
          },
          "driver": {
            "$ref": "#/components/schemas/Driver"
          },
          "currentReplicas": {
            "type": "integer",
            "description": "Absent when unknown."
          },
          "readyReplicas": {
            "type": "integer",
            "description": "Absent when unknown."
          },
          "desiredReplicas": {
            "type": "integer",
            "description": "Absent when unknown."
          },
          "minReplicas": {
            "type": "integer",
            "description": "The autoscaler goes no lower."
          },
          "maxReplicas": {
            "type": "integer",
            "description": "The autoscaler goes no higher."
          },
          "metrics": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Metric"
            }
          },
          "conditions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Condition"
            }
          },
          "recommendations": {
            "type": "array",
            "description": "Of a VerticalPodAutoscaler.",
            "items": {
              "$ref": "#/components/schemas/ResourceRecommendation"
            }
          },
          "load": {
            "type": "number",
            "description": "The highest ratio of its metrics. Absent when unknown."
          },
          "attention": {
            "type": "boolean",
            "description": "Something keeps it from scaling, or nobody knows."
          },
          "observedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "problem": {
            "type": "string",
            "description": "Why it has not been seen since then. Absent while it is."
          }
        }
      },
      "Event": {
        "type": "object",
        "required": [
          "id",
          "at",
          "severity",
          "reason",
          "message",
          "count"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "severity": {
            "type": "string",
            "enum": [
              "info",
              "warning"
            ]
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "count": {
            "type": "integer"
          }
        }
      },
      "Sample": {
        "type": "object",
        "required": [
          "at",
          "replicas",
          "maxReplicas"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "replicas": {
            "type": "number",
            "description": "The mean."
          },
          "maxReplicas": {
            "type": "integer",
            "description": "The most."
          },
          "load": {
            "type": "number",
            "description": "The mean of the highest ratio. Absent when unknown."
          }
        }
      },
      "History": {
        "type": "object",
        "required": [
          "stepSeconds",
          "samples"
        ],
        "additionalProperties": false,
        "properties": {
          "stepSeconds": {
            "type": "integer"
          },
          "samples": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Sample"
            }
          }
        }
      },
      "Source": {
        "type": "object",
        "required": [
          "environmentRef",
          "environmentName",
          "provider"
        ],
        "additionalProperties": false,
        "properties": {
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentName": {
            "type": "string"
          },
          "provider": {
            "type": "string",
            "description": "For people."
          },
          "readAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "problem": {
            "type": "string",
            "description": "Why it does not answer. Absent when it does."
          }
        }
      }
    }
  }
};
