// Generated from openapi.yaml by `npm run generate:openapi`. Not to be edited by hand.
export const openApiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "delivery",
    "version": "1",
    "description": "Releases, rollouts and what runs where, for the software in a Backstage catalog.\n\n`x-permission` of an operation is the permission that its caller needs; where that depends on a path parameter, it\nis one for each value of it.\n",
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
    "/settings": {
      "get": {
        "operationId": "getSettings",
        "x-permission": "delivery.deployment.read",
        "summary": "Which runtimes, artifact kinds, analysis providers, step kinds and default strategies this portal has.",
        "responses": {
          "200": {
            "description": "What can be chosen from.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DeliverySettings"
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
    "/environments": {
      "get": {
        "operationId": "listEnvironments",
        "x-permission": "delivery.deployment.read",
        "summary": "The catalog's environments that the caller may see, in order.",
        "responses": {
          "200": {
            "description": "Environments by `order`, then name.",
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
                        "$ref": "#/components/schemas/Environment"
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
    },
    "/deployments": {
      "get": {
        "operationId": "listDeployments",
        "x-permission": "delivery.deployment.read",
        "summary": "What runs where. One row for a component in an environment that it was ever rolled out to.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "$ref": "#/components/parameters/environmentRef"
          },
          {
            "name": "owner",
            "in": "query",
            "allowReserved": true,
            "description": "Entity reference of the component's owner.",
            "schema": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          {
            "name": "system",
            "in": "query",
            "allowReserved": true,
            "description": "Entity reference of the component's system.",
            "schema": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          {
            "name": "tier",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/Tier"
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
            "description": "A page of deployments, by component then environment order.",
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
                        "$ref": "#/components/schemas/Deployment"
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
    "/targets/allowed-actions": {
      "get": {
        "operationId": "getTargetActions",
        "x-permission": "delivery.deployment.read",
        "summary": "What the caller may do to a component in an environment, whether it runs there yet or not.",
        "parameters": [
          {
            "$ref": "#/components/parameters/requiredComponentRef"
          },
          {
            "$ref": "#/components/parameters/requiredEnvironmentRef"
          }
        ],
        "responses": {
          "200": {
            "description": "The actions `release`, `deploy`, `rollback` and `pin`, each allowed or not and why.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "allowedActions"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "allowedActions": {
                      "$ref": "#/components/schemas/AllowedActions"
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
    "/targets/gates": {
      "get": {
        "operationId": "getTargetGates",
        "x-permission": "delivery.pipeline.read",
        "summary": "What a change there has to go through that is no release, such as a scaling policy. The approvals can be asked for at `/approval-requests`.",
        "parameters": [
          {
            "$ref": "#/components/parameters/requiredComponentRef"
          },
          {
            "$ref": "#/components/parameters/requiredEnvironmentRef"
          }
        ],
        "responses": {
          "200": {
            "description": "As it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TargetGates"
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
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/scale": {
      "post": {
        "operationId": "scaleTarget",
        "x-permission": "delivery.deployment.scale",
        "summary": "Changes how many copies run of the release that runs, as a rollout of the kind `scale`. No gate and no window holds it, and it does not wait for copies that do not get ready.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ScaleTargetRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
                }
              }
            }
          },
          "201": {
            "description": "Started.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/releases": {
      "get": {
        "operationId": "listReleases",
        "x-permission": "delivery.release.read",
        "summary": "Releases, newest first.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "name": "version",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/Version"
            }
          },
          {
            "name": "sort",
            "in": "query",
            "schema": {
              "type": "string",
              "enum": [
                "createdAt",
                "-createdAt"
              ],
              "default": "-createdAt"
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
            "description": "A page of releases.",
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
                        "$ref": "#/components/schemas/Release"
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
      },
      "post": {
        "operationId": "createRelease",
        "x-permission": "delivery.release.create",
        "summary": "Records an immutable release. The same version of a component with other content is refused (409); with the same content the first one is answered (200).",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateReleaseRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "This very release exists already.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Release"
                }
              }
            }
          },
          "201": {
            "description": "Created.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Release"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/releases/{releaseId}": {
      "get": {
        "operationId": "getRelease",
        "x-permission": "delivery.release.read",
        "parameters": [
          {
            "$ref": "#/components/parameters/releaseId"
          }
        ],
        "responses": {
          "200": {
            "description": "The release.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Release"
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
    "/releases/{releaseId}/comparison": {
      "get": {
        "operationId": "compareRelease",
        "x-permission": "delivery.release.read",
        "summary": "What a release would change in an environment.",
        "parameters": [
          {
            "$ref": "#/components/parameters/releaseId"
          },
          {
            "name": "environmentRef",
            "in": "query",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          {
            "name": "fromReleaseId",
            "in": "query",
            "description": "What it is compared with; what runs there when left out.",
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The differences.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReleaseComparison"
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
    "/releases/{releaseId}/preview": {
      "get": {
        "operationId": "previewRelease",
        "x-permission": "delivery.release.read",
        "summary": "What a release would change where it really runs, asked of the environment's runtime. Takes up to 10 seconds.",
        "parameters": [
          {
            "$ref": "#/components/parameters/releaseId"
          },
          {
            "name": "environmentRef",
            "in": "query",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          {
            "name": "strategy",
            "in": "query",
            "description": "By which it would be rolled out; the one of the environment when left out.",
            "schema": {
              "type": "string",
              "enum": [
                "rolling",
                "blueGreen",
                "canary"
              ]
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What would change, or why nobody knows.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReleasePreview"
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
    "/rollouts": {
      "get": {
        "operationId": "listRollouts",
        "x-permission": "delivery.rollout.read",
        "summary": "Rollouts and rollbacks, newest first; what only changes the number of copies when that is asked for.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "$ref": "#/components/parameters/environmentRef"
          },
          {
            "name": "active",
            "in": "query",
            "description": "true for those still going on, false for the ended ones.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "waitingFor",
            "in": "query",
            "description": "Only those that wait for this.",
            "schema": {
              "type": "string",
              "enum": [
                "person",
                "gates",
                "window"
              ]
            }
          },
          {
            "name": "withScaling",
            "in": "query",
            "description": "Those of the kind `scale` too.",
            "schema": {
              "type": "boolean",
              "default": false
            }
          },
          {
            "name": "sort",
            "in": "query",
            "schema": {
              "type": "string",
              "enum": [
                "createdAt",
                "-createdAt"
              ],
              "default": "-createdAt"
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
            "description": "A page of rollouts.",
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
                        "$ref": "#/components/schemas/Rollout"
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
      },
      "post": {
        "operationId": "startRollout",
        "x-permission": "delivery.rollout.create",
        "summary": "Moves one environment of one component to a release.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartRolloutRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
                }
              }
            }
          },
          "201": {
            "description": "Started.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/rollouts/{rolloutId}": {
      "get": {
        "operationId": "getRollout",
        "x-permission": "delivery.rollout.read",
        "parameters": [
          {
            "$ref": "#/components/parameters/rolloutId"
          }
        ],
        "responses": {
          "200": {
            "description": "The rollout.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
    "/rollouts/{rolloutId}/events": {
      "get": {
        "operationId": "listRolloutEvents",
        "x-permission": "delivery.rollout.read",
        "summary": "What happened in one rollout, oldest first, with who and why.",
        "parameters": [
          {
            "$ref": "#/components/parameters/rolloutId"
          },
          {
            "name": "afterVersion",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 2147483647,
              "default": 0
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000,
              "default": 500
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Events.",
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
                        "$ref": "#/components/schemas/RolloutEvent"
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
    "/rollouts/{rolloutId}/logs": {
      "get": {
        "operationId": "getRolloutLogs",
        "x-permission": "delivery.rollout.read",
        "summary": "The last captured log lines of a release of this rollout.",
        "parameters": [
          {
            "$ref": "#/components/parameters/rolloutId"
          },
          {
            "name": "releaseId",
            "in": "query",
            "description": "The new release when left out.",
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          },
          {
            "name": "tail",
            "in": "query",
            "description": "How many lines from the end.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 2000,
              "default": 200
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Lines, oldest first.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "lines"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "lines": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/LogLine"
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
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/rollouts/{rolloutId}/{action}": {
      "post": {
        "operationId": "actOnRollout",
        "x-permission": {
          "action": {
            "pause": "delivery.rollout.control",
            "resume": "delivery.rollout.control",
            "promote": "delivery.rollout.control",
            "promoteFull": "delivery.rollout.control",
            "abort": "delivery.rollout.abort",
            "retry": "delivery.rollout.create",
            "breakGlass": "delivery.breakglass.use"
          }
        },
        "summary": "Steers a rollout. `promoteFull` skips the remaining steps; `retry` tries what failed again, or starts an ended rollout anew as a new one (the answer); `breakGlass` goes past gates that are closed, needs a reason, and must be reviewed afterwards.",
        "parameters": [
          {
            "$ref": "#/components/parameters/rolloutId"
          },
          {
            "name": "action",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/RolloutAction"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "name": "If-Match",
            "in": "header",
            "description": "An ETag of the rollout; refused (412) when it has changed since.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "requestBody": {
          "required": false,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RolloutActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The rollout as it is now (for the retry of an ended one, the new rollout).",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "412": {
            "$ref": "#/components/responses/PreconditionFailed"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/rollbacks": {
      "post": {
        "operationId": "startRollback",
        "x-permission": "delivery.rollback.create",
        "summary": "Brings an environment back to an earlier release, and marks the one that is left as rejected. While a rollout is under way there, it is aborted, which does just that; to go further back, the rollback begins when that has ended.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartRollbackRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The aborted rollout, or the answer to an earlier request with the same `Idempotency-Key`.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
                }
              }
            }
          },
          "201": {
            "description": "The rollback that was started.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/rollbacks/together": {
      "post": {
        "operationId": "startRollbacks",
        "x-permission": "delivery.rollback.create",
        "summary": "Brings several environments of a component back, as one change; where one of them refuses, none begins. Each is a rollback of its own.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartRollbacksRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StartedRollbacks"
                }
              }
            }
          },
          "201": {
            "description": "In the order of the targets, the rollback that was started, or the rollout that was aborted.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StartedRollbacks"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/releases/{releaseId}/{verdict}": {
      "post": {
        "operationId": "judgeRelease",
        "x-permission": {
          "verdict": {
            "reject": "delivery.release.reject",
            "unreject": "delivery.release.unreject"
          }
        },
        "summary": "Marks a release as bad, so that it is never rolled out again, or takes that back.",
        "parameters": [
          {
            "$ref": "#/components/parameters/releaseId"
          },
          {
            "name": "verdict",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "enum": [
                "reject",
                "unreject"
              ]
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The release as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Release"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/pipelines": {
      "get": {
        "operationId": "listPipelines",
        "x-permission": "delivery.pipeline.read",
        "summary": "The pipelines in force, and what is wrong with documents that were not taken.",
        "responses": {
          "200": {
            "description": "By name.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items",
                    "problems"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Pipeline"
                      }
                    },
                    "problems": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/DocumentProblem"
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
    },
    "/pipelines/preview": {
      "get": {
        "operationId": "previewPipeline",
        "x-permission": "delivery.pipeline.read",
        "summary": "The pipeline that serves a component, how each of its stages stands, and what would happen to a release there now.",
        "parameters": [
          {
            "$ref": "#/components/parameters/requiredComponentRef"
          },
          {
            "name": "releaseId",
            "in": "query",
            "description": "The newest release when left out.",
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Stage by stage.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PipelinePreview"
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
    "/windows": {
      "get": {
        "operationId": "listWindowOccurrences",
        "x-permission": "delivery.pipeline.read",
        "summary": "When changes are allowed or frozen between two instants, for a calendar.",
        "parameters": [
          {
            "name": "from",
            "in": "query",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/Instant"
            }
          },
          {
            "name": "to",
            "in": "query",
            "required": true,
            "description": "At most 370 days after `from`.",
            "schema": {
              "$ref": "#/components/schemas/Instant"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "By start.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "items",
                    "problems"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/WindowOccurrence"
                      }
                    },
                    "problems": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/DocumentProblem"
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
    },
    "/approvals": {
      "get": {
        "operationId": "listApprovals",
        "x-permission": "delivery.rollout.read",
        "summary": "Rollouts and requests that people are or were asked about, newest first.",
        "parameters": [
          {
            "name": "view",
            "in": "query",
            "description": "`waitingForMe`: pending, and the caller may vote. `mine`: the caller asked or voted. `decided`: no longer pending. `reviews`: break-glass that nobody has reviewed.",
            "schema": {
              "type": "string",
              "enum": [
                "all",
                "waitingForMe",
                "mine",
                "decided",
                "reviews"
              ],
              "default": "all"
            }
          },
          {
            "$ref": "#/components/parameters/componentRef"
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
            "description": "A page of approvals.",
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
                        "$ref": "#/components/schemas/Approval"
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
    "/approvals/{approvalId}": {
      "get": {
        "operationId": "getApproval",
        "x-permission": "delivery.rollout.read",
        "parameters": [
          {
            "$ref": "#/components/parameters/approvalId"
          }
        ],
        "responses": {
          "200": {
            "description": "What is asked, what would change, and how risky that is.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Approval"
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
    "/approvals/{approvalId}/{decision}": {
      "post": {
        "operationId": "decideApproval",
        "x-permission": {
          "decision": {
            "approve": "delivery.approval.decide",
            "reject": "delivery.approval.decide",
            "withdraw": "delivery.approval.decide"
          }
        },
        "summary": "Agrees, rejects, or takes one's own vote back. Who may agree to what is for the gate's rules to say.",
        "parameters": [
          {
            "$ref": "#/components/parameters/approvalId"
          },
          {
            "name": "decision",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/ApprovalDecision"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "name": "If-Match",
            "in": "header",
            "description": "An ETag of the rollout or the request; refused (412) when it has changed since.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ApprovalDecisionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The approval as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Approval"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "412": {
            "$ref": "#/components/responses/PreconditionFailed"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/approval-requests": {
      "post": {
        "operationId": "askApproval",
        "x-permission": "delivery.approval.request",
        "summary": "Asks people to approve something that is described in words. Who may agree is for the rules in the request to say; it ends approved, rejected, expired or withdrawn.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AskApprovalRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RequestApproval"
                }
              }
            }
          },
          "201": {
            "description": "People are asked.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RequestApproval"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/approval-requests/{approvalId}": {
      "get": {
        "operationId": "getApprovalRequest",
        "x-permission": "delivery.rollout.read",
        "summary": "For whoever may see the component that it is about; for everybody with the permission when it is about none.",
        "parameters": [
          {
            "$ref": "#/components/parameters/approvalId"
          }
        ],
        "responses": {
          "200": {
            "description": "What is asked, and how it stands.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RequestApproval"
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
    "/approval-requests/{approvalId}/withdraw": {
      "post": {
        "operationId": "withdrawApprovalRequest",
        "x-permission": "delivery.approval.request",
        "summary": "Ends a request of one's own that nobody has decided yet.",
        "parameters": [
          {
            "$ref": "#/components/parameters/approvalId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "name": "If-Match",
            "in": "header",
            "description": "An ETag of the request; refused (412) when it has changed since.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "requestBody": {
          "required": false,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RolloutActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is withdrawn.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RequestApproval"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "412": {
            "$ref": "#/components/responses/PreconditionFailed"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/rollouts/{rolloutId}/review": {
      "post": {
        "operationId": "reviewBreakGlass",
        "x-permission": "delivery.breakglass.review",
        "summary": "Records that somebody else has looked at a use of break-glass.",
        "parameters": [
          {
            "$ref": "#/components/parameters/rolloutId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "name": "If-Match",
            "in": "header",
            "description": "An ETag of the rollout; refused (412) when it has changed since.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The rollout as it is now.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Rollout"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "412": {
            "$ref": "#/components/responses/PreconditionFailed"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/promotions": {
      "get": {
        "operationId": "listPromotions",
        "x-permission": "delivery.rollout.read",
        "summary": "Promotions of one or several components through their pipeline, newest first. Only those all of whose components the caller may see.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "name": "active",
            "in": "query",
            "description": "true for those still going on, false for the ended ones.",
            "schema": {
              "type": "boolean"
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
            "description": "A page of promotions.",
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
                        "$ref": "#/components/schemas/Promotion"
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
      },
      "post": {
        "operationId": "startPromotion",
        "x-permission": "delivery.rollout.create",
        "summary": "Takes one release, or several of different components as one unit, through the stages of their pipeline. Needs the permission for every component in every stage.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartPromotionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
                }
              }
            }
          },
          "201": {
            "description": "Started.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/promotions/plan": {
      "post": {
        "operationId": "planPromotion",
        "x-changes-nothing": true,
        "x-permission": "delivery.pipeline.read",
        "summary": "What a promotion would do, in which order and through which stages. Changes nothing.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StartPromotionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The plan.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PromotionPlan"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "503": {
            "$ref": "#/components/responses/Unavailable"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/promotions/{promotionId}": {
      "get": {
        "operationId": "getPromotion",
        "x-permission": "delivery.rollout.read",
        "parameters": [
          {
            "$ref": "#/components/parameters/promotionId"
          }
        ],
        "responses": {
          "200": {
            "description": "The promotion.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
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
    "/promotions/{promotionId}/events": {
      "get": {
        "operationId": "listPromotionEvents",
        "x-permission": "delivery.rollout.read",
        "summary": "What happened in one promotion, oldest first, with who and why.",
        "parameters": [
          {
            "$ref": "#/components/parameters/promotionId"
          },
          {
            "name": "afterVersion",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 2147483647,
              "default": 0
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000,
              "default": 500
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Events.",
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
                        "$ref": "#/components/schemas/RolloutEvent"
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
    "/promotions/{promotionId}/{action}": {
      "post": {
        "operationId": "actOnPromotion",
        "x-permission": {
          "action": {
            "abort": "delivery.rollout.abort",
            "retry": "delivery.rollout.create",
            "continue": "delivery.rollout.control"
          }
        },
        "summary": "Steers a promotion. `abort` ends it and takes back what has moved in stages that are not through; `retry` tries what failed once more; `continue` goes on although a stage has failed. Needs the permission for every component in the stages concerned.",
        "parameters": [
          {
            "$ref": "#/components/parameters/promotionId"
          },
          {
            "name": "action",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/PromotionAction"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "name": "If-Match",
            "in": "header",
            "description": "An ETag of the promotion; refused (412) when it has changed since.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "requestBody": {
          "required": false,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RolloutActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The promotion as it is now.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "412": {
            "$ref": "#/components/responses/PreconditionFailed"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/holds": {
      "get": {
        "operationId": "listHolds",
        "x-permission": "delivery.rollout.read",
        "summary": "Where automatic promotion is held now, and why.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          }
        ],
        "responses": {
          "200": {
            "description": "Newest first.",
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
                        "$ref": "#/components/schemas/Hold"
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
      },
      "post": {
        "operationId": "createHold",
        "x-permission": "delivery.rollout.control",
        "summary": "Pins a component in an environment, so that nothing is promoted there automatically until the hold is released. A rollback does the same.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateHoldRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Hold"
                }
              }
            }
          },
          "201": {
            "description": "From now on.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Hold"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/holds/{holdId}/release": {
      "post": {
        "operationId": "releaseHold",
        "x-permission": "delivery.rollout.control",
        "summary": "Lets automatic promotion go on.",
        "parameters": [
          {
            "name": "holdId",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is released.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Hold"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/window-exceptions": {
      "get": {
        "operationId": "listWindowExceptions",
        "x-permission": "delivery.rollout.read",
        "summary": "Exceptions to windows that are asked for, or in force now or later.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          }
        ],
        "responses": {
          "200": {
            "description": "By their beginning; at most 500, of components that the caller may see.",
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
                        "$ref": "#/components/schemas/WindowException"
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
      },
      "post": {
        "operationId": "askWindowException",
        "x-permission": "delivery.window.request",
        "summary": "Asks that windows which close a target let changes of one component through for a while. Whose approval that needs stands in those windows.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AskWindowExceptionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WindowException"
                }
              }
            }
          },
          "201": {
            "description": "People are asked.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WindowException"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/window-exceptions/{exceptionId}/end": {
      "post": {
        "operationId": "endWindowException",
        "x-permission": "delivery.window.request",
        "summary": "Ends an exception that is in force, or to come, before its time.",
        "parameters": [
          {
            "name": "exceptionId",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReasonRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It has ended.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WindowException"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/delegations": {
      "get": {
        "operationId": "listDelegations",
        "x-permission": "delivery.approval.decide",
        "summary": "Who may vote for the caller, and for whom the caller may vote.",
        "responses": {
          "200": {
            "description": "Newest first.",
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
                        "$ref": "#/components/schemas/Delegation"
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
      },
      "post": {
        "operationId": "createDelegation",
        "x-permission": "delivery.approval.decide",
        "summary": "Lets somebody vote for the caller, until an end.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateDelegationRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer to an earlier request with the same `Idempotency-Key`.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Delegation"
                }
              }
            }
          },
          "201": {
            "description": "From now on.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Delegation"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/delegations/{delegationId}/end": {
      "post": {
        "operationId": "endDelegation",
        "x-permission": "delivery.approval.decide",
        "summary": "Ends a delegation of one's own at once. Votes that were given stay.",
        "parameters": [
          {
            "name": "delegationId",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "responses": {
          "200": {
            "description": "It has ended.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Delegation"
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
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/events": {
      "get": {
        "operationId": "readEvents",
        "x-permission": "delivery.event.read",
        "summary": "The feed of all delivery events, gap-free, as a CloudEvents 1.0 batch. For services and for people who may read all of it.",
        "parameters": [
          {
            "name": "after",
            "in": "query",
            "description": "The cursor of the last answer (its `Slipway-Cursor` header). The beginning when left out.",
            "schema": {
              "type": "string",
              "maxLength": 256
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000,
              "default": 200
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Events in order; an empty batch when there are none yet.",
            "headers": {
              "Slipway-Cursor": {
                "description": "Where to go on from.",
                "schema": {
                  "type": "string"
                }
              },
              "Slipway-More": {
                "description": "Whether more can be read at once.",
                "schema": {
                  "type": "string",
                  "enum": [
                    "true",
                    "false"
                  ]
                }
              }
            },
            "content": {
              "application/cloudevents-batch+json": {
                "schema": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/CloudEvent"
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
      "requiredComponentRef": {
        "name": "componentRef",
        "in": "query",
        "required": true,
        "allowReserved": true,
        "schema": {
          "$ref": "#/components/schemas/EntityRef"
        }
      },
      "requiredEnvironmentRef": {
        "name": "environmentRef",
        "in": "query",
        "required": true,
        "allowReserved": true,
        "schema": {
          "$ref": "#/components/schemas/EntityRef"
        }
      },
      "releaseId": {
        "name": "releaseId",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/Id"
        }
      },
      "approvalId": {
        "name": "approvalId",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/Id"
        }
      },
      "rolloutId": {
        "name": "rolloutId",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/Id"
        }
      },
      "promotionId": {
        "name": "promotionId",
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
      },
      "idempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same key with the same request is carried out once; with another request it is refused (409). Kept for 7 days.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 128
        }
      }
    },
    "headers": {
      "ETag": {
        "description": "The version of the rollout or promotion, for `If-Match`.",
        "schema": {
          "type": "string"
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
      "Conflict": {
        "description": "Not possible as things stand now, or the `Idempotency-Key` was used for another request.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "PreconditionFailed": {
        "description": "The rollout or promotion has changed since the version in `If-Match`.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "TooLarge": {
        "description": "The body is larger than 256 KiB.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "UnsupportedMediaType": {
        "description": "The body is not `application/json`, or is in a charset or encoding that is not supported.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "Unavailable": {
        "description": "A vendor that this needs does not answer. Nothing was changed; try again later.",
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
        "description": "Of a release, a rollout, a promotion or a request for approval.",
        "pattern": "^[A-Za-z0-9._-]+$",
        "minLength": 1,
        "maxLength": 64
      },
      "Version": {
        "type": "string",
        "description": "What people call a release of a component.",
        "pattern": "^[A-Za-z0-9][A-Za-z0-9._+-]*$",
        "minLength": 1,
        "maxLength": 128
      },
      "Digest": {
        "type": "string",
        "description": "What content is known by.",
        "pattern": "^(sha256:[0-9a-f]{64}|sha512-[A-Za-z0-9+/=]+)$"
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
      "AllowedActions": {
        "type": "object",
        "description": "For each action whether this caller may take it now, and if not, why.",
        "additionalProperties": {
          "type": "object",
          "required": [
            "allowed"
          ],
          "additionalProperties": false,
          "properties": {
            "allowed": {
              "type": "boolean"
            },
            "reason": {
              "type": "string",
              "description": "Why not. Absent when allowed."
            }
          }
        }
      },
      "Environment": {
        "type": "object",
        "required": [
          "ref",
          "name",
          "title",
          "tier",
          "order",
          "runtime"
        ],
        "additionalProperties": false,
        "properties": {
          "ref": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "tier": {
            "$ref": "#/components/schemas/Tier"
          },
          "order": {
            "type": "integer",
            "description": "Ascending on the way to production."
          },
          "ownerRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "runtime": {
            "type": "string",
            "description": "Which runtime runs it; see `DeliverySettings`."
          },
          "problem": {
            "type": "string",
            "description": "Why nothing can be rolled out to it. Absent when something can."
          }
        }
      },
      "DeliverySettings": {
        "type": "object",
        "required": [
          "runtimes",
          "artifactKinds",
          "analysisProviders",
          "stepKinds",
          "defaultStrategies"
        ],
        "additionalProperties": false,
        "properties": {
          "runtimes": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "title",
                "strategies"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "strategies": {
                  "type": "array",
                  "items": {
                    "type": "string",
                    "enum": [
                      "rolling",
                      "blueGreen",
                      "canary"
                    ]
                  }
                }
              }
            }
          },
          "artifactKinds": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "title",
                "schema"
              ],
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "schema": {
                  "type": "object",
                  "description": "JSON Schema of `artifact.spec`.",
                  "additionalProperties": true
                }
              }
            }
          },
          "analysisProviders": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "title",
                "schema"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "schema": {
                  "type": "object",
                  "additionalProperties": true
                }
              }
            }
          },
          "stepKinds": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "title",
                "schema"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "schema": {
                  "type": "object",
                  "additionalProperties": true
                }
              }
            }
          },
          "defaultStrategies": {
            "type": "object",
            "description": "By environment tier.",
            "required": [
              "development",
              "staging",
              "production"
            ],
            "additionalProperties": false,
            "properties": {
              "development": {
                "$ref": "#/components/schemas/Strategy"
              },
              "staging": {
                "$ref": "#/components/schemas/Strategy"
              },
              "production": {
                "$ref": "#/components/schemas/Strategy"
              }
            }
          }
        }
      },
      "Artifact": {
        "type": "object",
        "description": "What is run, by digest.",
        "required": [
          "kind",
          "reference",
          "digest",
          "spec"
        ],
        "additionalProperties": false,
        "properties": {
          "kind": {
            "type": "string",
            "maxLength": 64
          },
          "reference": {
            "type": "string",
            "description": "For people, such as `http-server@14.1.1`."
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "spec": {
            "type": "object",
            "description": "As the artifact kind's schema says.",
            "additionalProperties": true
          }
        }
      },
      "Configuration": {
        "type": "object",
        "description": "A snapshot of the configuration a release runs with.",
        "required": [
          "digest",
          "values",
          "environmentValues",
          "secretRefs"
        ],
        "additionalProperties": false,
        "properties": {
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "values": {
            "type": "object",
            "description": "Plain values, given to the software as environment variables.",
            "additionalProperties": {
              "type": "string"
            }
          },
          "environmentValues": {
            "type": "object",
            "description": "By environment name; they win over `values`.",
            "additionalProperties": {
              "type": "object",
              "additionalProperties": {
                "type": "string"
              }
            }
          },
          "secretRefs": {
            "type": "object",
            "description": "Name of the variable to a reference of a secret; never a secret itself.",
            "additionalProperties": {
              "type": "string"
            }
          }
        }
      },
      "ConfigurationInput": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "values": {
            "$ref": "#/components/schemas/EnvironmentVariables"
          },
          "environmentValues": {
            "type": "object",
            "maxProperties": 20,
            "additionalProperties": {
              "$ref": "#/components/schemas/EnvironmentVariables"
            }
          },
          "secretRefs": {
            "$ref": "#/components/schemas/EnvironmentVariables"
          }
        }
      },
      "EnvironmentVariables": {
        "type": "object",
        "maxProperties": 200,
        "propertyNames": {
          "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
          "maxLength": 128
        },
        "additionalProperties": {
          "type": "string",
          "maxLength": 8192
        }
      },
      "HealthCheck": {
        "type": "object",
        "description": "How to see over HTTP that one instance is well. Times in seconds.",
        "additionalProperties": false,
        "properties": {
          "path": {
            "type": "string",
            "pattern": "^/",
            "maxLength": 512,
            "default": "/"
          },
          "initialDelaySeconds": {
            "type": "number",
            "minimum": 0,
            "maximum": 3600,
            "default": 0
          },
          "periodSeconds": {
            "type": "number",
            "minimum": 0.1,
            "maximum": 3600,
            "default": 2
          },
          "timeoutSeconds": {
            "type": "number",
            "minimum": 0.1,
            "maximum": 300,
            "default": 2
          },
          "successThreshold": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "default": 1
          },
          "failureThreshold": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "default": 3
          }
        }
      },
      "Health": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "readiness": {
            "$ref": "#/components/schemas/HealthCheck"
          },
          "liveness": {
            "$ref": "#/components/schemas/HealthCheck"
          }
        }
      },
      "Provenance": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "repository": {
            "type": "string",
            "maxLength": 1024
          },
          "commit": {
            "type": "string",
            "maxLength": 64,
            "pattern": "^[0-9a-fA-F]{7,64}$"
          },
          "authors": {
            "type": "array",
            "description": "Entity references of the commit's authors, where known.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "buildUrl": {
            "type": "string",
            "maxLength": 1024
          }
        }
      },
      "ReleaseDependencies": {
        "type": "object",
        "description": "What is known of the software that a release is made of. Absent where nothing is.",
        "required": [
          "source",
          "count",
          "digest"
        ],
        "additionalProperties": false,
        "properties": {
          "source": {
            "$ref": "#/components/schemas/DependencySource"
          },
          "count": {
            "type": "integer",
            "minimum": 0
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          }
        }
      },
      "DependencySource": {
        "type": "string",
        "enum": [
          "sbom",
          "lockfile",
          "manifest"
        ],
        "description": "sbom: a bill of materials that came with the release. lockfile: exact versions from the artifact. manifest: what the artifact asks for itself, as ranges."
      },
      "Release": {
        "type": "object",
        "required": [
          "id",
          "componentRef",
          "version",
          "digest",
          "artifact",
          "configuration",
          "health",
          "provenance",
          "createdAt",
          "createdBy",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "version": {
            "type": "string"
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "artifact": {
            "$ref": "#/components/schemas/Artifact"
          },
          "configuration": {
            "$ref": "#/components/schemas/Configuration"
          },
          "health": {
            "$ref": "#/components/schemas/Health"
          },
          "provenance": {
            "$ref": "#/components/schemas/Provenance"
          },
          "dependencies": {
            "$ref": "#/components/schemas/ReleaseDependencies"
          },
          "notes": {
            "type": "string"
          },
          "rejection": {
            "$ref": "#/components/schemas/ReleaseRejection"
          },
          "createdAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "createdBy": {
            "type": "string",
            "description": "An entity reference or a service's name."
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "CreateReleaseRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "version",
          "artifact"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "version": {
            "$ref": "#/components/schemas/Version"
          },
          "artifact": {
            "type": "object",
            "required": [
              "kind",
              "spec"
            ],
            "additionalProperties": false,
            "properties": {
              "kind": {
                "type": "string",
                "minLength": 1,
                "maxLength": 64
              },
              "spec": {
                "type": "object",
                "additionalProperties": true
              },
              "digest": {
                "$ref": "#/components/schemas/Digest"
              }
            }
          },
          "configuration": {
            "$ref": "#/components/schemas/ConfigurationInput"
          },
          "health": {
            "$ref": "#/components/schemas/Health"
          },
          "provenance": {
            "$ref": "#/components/schemas/Provenance"
          },
          "sbom": {
            "type": "object",
            "description": "A software bill of materials, CycloneDX or SPDX as JSON. What it lists is kept, by name and version, to be compared with other releases; the document itself is not.",
            "additionalProperties": true
          },
          "notes": {
            "type": "string",
            "maxLength": 10000
          }
        }
      },
      "Duration": {
        "description": "Seconds, or a number with unit (`30s`, `5m`, `1h`, `7d`).",
        "anyOf": [
          {
            "type": "number",
            "minimum": 0,
            "maximum": 2592000
          },
          {
            "type": "string",
            "pattern": "^[0-9]{1,9}(ms|s|m|h|d)$"
          }
        ]
      },
      "Metric": {
        "type": "object",
        "description": "Argo Rollouts' analysis metric, judged either by conditions or by a comparison. Conditions are CEL over `result` (the measured value), `stable` and `canary` (numbers of the two versions where the provider gives them).",
        "required": [
          "name",
          "provider"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "provider": {
            "type": "object",
            "description": "Exactly one key, the provider's name, with what it is asked.",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {
              "type": "object",
              "additionalProperties": true
            }
          },
          "successCondition": {
            "type": "string",
            "maxLength": 1024
          },
          "failureCondition": {
            "type": "string",
            "maxLength": 1024
          },
          "comparison": {
            "$ref": "#/components/schemas/Comparison"
          },
          "initialDelay": {
            "$ref": "#/components/schemas/Duration"
          },
          "interval": {
            "$ref": "#/components/schemas/Duration"
          },
          "count": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "description": "How many measurements; 1 when left out. Of a comparison: how many at most, 30 when left out."
          },
          "failureLimit": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000,
            "description": "More failed measurements than this fail the metric; 0 when left out. Not for a comparison."
          },
          "inconclusiveLimit": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000,
            "description": "0 when left out. Of a comparison: how often there may be too few points, count - 1 when left out."
          },
          "consecutiveErrorLimit": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000,
            "description": "4 when left out."
          }
        }
      },
      "Comparison": {
        "type": "object",
        "description": "Judges a metric by whether the new release differs from the one before, as Kayenta does: Mann-Whitney's test over the points of both.",
        "additionalProperties": false,
        "properties": {
          "direction": {
            "$ref": "#/components/schemas/ComparisonDirection"
          },
          "critical": {
            "type": "boolean",
            "description": "When it fails the score is 0; false when left out."
          },
          "group": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "What it is weighted with; `default` when left out."
          },
          "confidence": {
            "type": "number",
            "minimum": 0.5,
            "maximum": 0.9999,
            "description": "Of the interval of the difference; 0.98 when left out."
          },
          "tolerance": {
            "type": "number",
            "minimum": 0,
            "maximum": 0.99,
            "description": "Which part of the estimated difference the interval must stay clear of zero by; 0.25 when left out."
          },
          "minimumPoints": {
            "type": "integer",
            "minimum": 10,
            "maximum": 10000,
            "description": "With fewer points of either release there is no verdict; 50 when left out."
          }
        }
      },
      "ComparisonDirection": {
        "type": "string",
        "enum": [
          "increase",
          "decrease",
          "either"
        ],
        "description": "Which difference is bad; `either` when left out."
      },
      "ComparisonSettings": {
        "type": "object",
        "description": "A comparison with its defaults.",
        "required": [
          "direction",
          "critical",
          "group",
          "confidence",
          "tolerance",
          "minimumPoints"
        ],
        "additionalProperties": false,
        "properties": {
          "direction": {
            "$ref": "#/components/schemas/ComparisonDirection"
          },
          "critical": {
            "type": "boolean"
          },
          "group": {
            "type": "string"
          },
          "confidence": {
            "type": "number"
          },
          "tolerance": {
            "type": "number"
          },
          "minimumPoints": {
            "type": "integer"
          }
        }
      },
      "Scoring": {
        "type": "object",
        "description": "How the comparisons of an analysis decide together, as Kayenta's score does.",
        "additionalProperties": false,
        "properties": {
          "pass": {
            "type": "number",
            "minimum": 0,
            "maximum": 100,
            "description": "From this score on it is successful; 95 when left out."
          },
          "marginal": {
            "type": "number",
            "minimum": 0,
            "maximum": 100,
            "description": "From this score on a person decides, below it has failed; 75 when left out."
          },
          "groupWeights": {
            "type": "object",
            "description": "Percent by group. Groups left out share equally what is left of 100.",
            "maxProperties": 20,
            "additionalProperties": {
              "type": "number",
              "minimum": 0,
              "maximum": 100
            }
          }
        }
      },
      "AnalysisTemplate": {
        "type": "object",
        "required": [
          "metrics"
        ],
        "additionalProperties": false,
        "properties": {
          "metrics": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/Metric"
            }
          },
          "scoring": {
            "$ref": "#/components/schemas/Scoring"
          }
        }
      },
      "Step": {
        "type": "object",
        "description": "Exactly one of these keys (Argo Rollouts' words).",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
          "setWeight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100,
            "description": "Percent of traffic to the new release."
          },
          "pause": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "duration": {
                "$ref": "#/components/schemas/Duration"
              }
            }
          },
          "analysis": {
            "$ref": "#/components/schemas/AnalysisTemplate"
          },
          "setCanaryScale": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": false,
            "properties": {
              "replicas": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000
              },
              "weight": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100,
                "description": "Percent of the replicas."
              },
              "matchTrafficWeight": {
                "type": "boolean",
                "enum": [
                  true
                ]
              }
            }
          },
          "plugin": {
            "type": "object",
            "required": [
              "name"
            ],
            "additionalProperties": false,
            "properties": {
              "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 64
              },
              "config": {
                "type": "object",
                "additionalProperties": true
              }
            }
          }
        }
      },
      "Strategy": {
        "type": "object",
        "description": "Exactly one of these keys.",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
          "rolling": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "maxSurge": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100,
                "description": "1 when left out."
              },
              "maxUnavailable": {
                "type": "integer",
                "minimum": 0,
                "maximum": 100,
                "description": "0 when left out."
              }
            }
          },
          "blueGreen": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "autoPromotionEnabled": {
                "type": "boolean",
                "description": "true when left out."
              },
              "autoPromotionSeconds": {
                "type": "integer",
                "minimum": 0,
                "maximum": 2592000
              },
              "scaleDownDelaySeconds": {
                "type": "integer",
                "minimum": 0,
                "maximum": 86400,
                "description": "30 when left out."
              },
              "prePromotionAnalysis": {
                "$ref": "#/components/schemas/AnalysisTemplate"
              },
              "postPromotionAnalysis": {
                "$ref": "#/components/schemas/AnalysisTemplate"
              }
            }
          },
          "canary": {
            "type": "object",
            "required": [
              "steps"
            ],
            "additionalProperties": false,
            "properties": {
              "steps": {
                "type": "array",
                "minItems": 1,
                "maxItems": 50,
                "items": {
                  "$ref": "#/components/schemas/Step"
                }
              }
            }
          }
        }
      },
      "StartRolloutRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "environmentRef",
          "releaseId"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "releaseId": {
            "$ref": "#/components/schemas/Id"
          },
          "strategy": {
            "$ref": "#/components/schemas/Strategy"
          },
          "replicas": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "description": "As it is now",
            "or 1": null,
            "when left out.": null
          },
          "progressDeadlineSeconds": {
            "type": "integer",
            "minimum": 5,
            "maximum": 86400,
            "description": "How long one step may bring no progress; 600 when left out."
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "ScaleTargetRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "environmentRef",
          "replicas"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "replicas": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          },
          "onBehalfOf": {
            "description": "For whom a plugin asks. People ask for themselves.",
            "$ref": "#/components/schemas/EntityRef"
          },
          "lastRolloutId": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "Of the deployment, as whoever asks has seen it. Refused with 409 when another rollout has begun there since, so that nothing newer is overwritten."
          }
        }
      },
      "TargetGates": {
        "type": "object",
        "required": [
          "approvals",
          "windows"
        ],
        "additionalProperties": false,
        "properties": {
          "pipeline": {
            "type": "object",
            "description": "Whose stage this is. Absent where no pipeline has the environment.",
            "required": [
              "name",
              "title",
              "digest",
              "stage"
            ],
            "additionalProperties": false,
            "properties": {
              "name": {
                "type": "string"
              },
              "title": {
                "type": "string"
              },
              "digest": {
                "$ref": "#/components/schemas/Digest"
              },
              "stage": {
                "type": "string"
              }
            }
          },
          "approvals": {
            "type": "array",
            "description": "All of them are needed.",
            "items": {
              "$ref": "#/components/schemas/RequestedApprovalGate"
            }
          },
          "windows": {
            "type": "object",
            "required": [
              "open",
              "message"
            ],
            "additionalProperties": false,
            "properties": {
              "open": {
                "type": "boolean"
              },
              "message": {
                "type": "string",
                "description": "In words."
              },
              "until": {
                "description": "When that may change.",
                "$ref": "#/components/schemas/Instant"
              }
            }
          }
        }
      },
      "StartRollbackRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "environmentRef"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "toReleaseId": {
            "description": "The release before the present one when left out.",
            "$ref": "#/components/schemas/Id"
          },
          "rejectRelease": {
            "type": "boolean",
            "description": "Whether the release that is left is marked as rejected, so that nothing rolls it out again; true when left out."
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "StartRollbacksRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "targets"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "targets": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
              "type": "object",
              "required": [
                "environmentRef"
              ],
              "additionalProperties": false,
              "properties": {
                "environmentRef": {
                  "$ref": "#/components/schemas/EntityRef"
                },
                "toReleaseId": {
                  "description": "The release before the present one there when left out.",
                  "$ref": "#/components/schemas/Id"
                }
              }
            }
          },
          "rejectRelease": {
            "type": "boolean",
            "description": "As for one environment."
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "StartedRollbacks": {
        "type": "object",
        "required": [
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Rollout"
            }
          }
        }
      },
      "RolloutAction": {
        "type": "string",
        "enum": [
          "pause",
          "resume",
          "promote",
          "promoteFull",
          "abort",
          "retry",
          "breakGlass"
        ]
      },
      "RolloutActionRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "RolloutPhase": {
        "type": "string",
        "description": "held: waits for its gates, and has not begun. pending: accepted. preparing: the artifact is fetched. progressing: steps are under way. paused: waits for a person or a window (see `waitingFor`).\nrollingBack: traffic returns to the release before. Ended: succeeded, rolledBack (verification failed, the release before runs), aborted (by a person, the release before runs).\n",
        "enum": [
          "held",
          "pending",
          "preparing",
          "progressing",
          "paused",
          "rollingBack",
          "succeeded",
          "rolledBack",
          "aborted"
        ]
      },
      "HealthStatus": {
        "type": "string",
        "enum": [
          "healthy",
          "progressing",
          "degraded",
          "unknown",
          "stopped"
        ]
      },
      "InstanceStatus": {
        "type": "object",
        "description": "One running copy of a release.",
        "required": [
          "id",
          "ready",
          "restarts"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "ready": {
            "type": "boolean"
          },
          "restarts": {
            "type": "integer",
            "minimum": 0
          },
          "startedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "message": {
            "type": "string"
          }
        }
      },
      "VersionStatus": {
        "type": "object",
        "required": [
          "releaseId",
          "desiredReplicas",
          "replicas",
          "readyReplicas",
          "weight",
          "health",
          "instances"
        ],
        "additionalProperties": false,
        "properties": {
          "releaseId": {
            "type": "string"
          },
          "desiredReplicas": {
            "type": "integer",
            "minimum": 0
          },
          "replicas": {
            "type": "integer",
            "minimum": 0
          },
          "readyReplicas": {
            "type": "integer",
            "minimum": 0
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100
          },
          "health": {
            "$ref": "#/components/schemas/HealthStatus"
          },
          "message": {
            "type": "string"
          },
          "instances": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/InstanceStatus"
            }
          }
        }
      },
      "Observation": {
        "type": "object",
        "description": "What the runtime last showed.",
        "required": [
          "observedAt",
          "converged",
          "versions"
        ],
        "additionalProperties": false,
        "properties": {
          "observedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "converged": {
            "type": "boolean"
          },
          "message": {
            "type": "string"
          },
          "address": {
            "type": "string",
            "description": "The stable address of the component in this environment."
          },
          "versions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/VersionStatus"
            }
          }
        }
      },
      "Deployment": {
        "type": "object",
        "required": [
          "componentRef",
          "componentTitle",
          "environmentRef",
          "environmentName",
          "tier",
          "health",
          "allowedActions",
          "updatedAt"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "componentTitle": {
            "type": "string"
          },
          "ownerRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "systemRef": {
            "$ref": "#/components/schemas/EntityRef"
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
          "release": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "previousRelease": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "deployedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "deployedBy": {
            "type": "string"
          },
          "replicas": {
            "type": "integer",
            "minimum": 0
          },
          "health": {
            "$ref": "#/components/schemas/HealthStatus"
          },
          "observation": {
            "$ref": "#/components/schemas/Observation"
          },
          "activeRolloutId": {
            "type": "string"
          },
          "activeRolloutPhase": {
            "$ref": "#/components/schemas/RolloutPhase"
          },
          "lastRolloutId": {
            "type": "string"
          },
          "updatedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "ReleaseSummary": {
        "type": "object",
        "required": [
          "id",
          "version",
          "digest"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "commit": {
            "type": "string"
          }
        }
      },
      "StepState": {
        "type": "object",
        "required": [
          "index",
          "kind",
          "title",
          "status"
        ],
        "additionalProperties": false,
        "properties": {
          "index": {
            "type": "integer",
            "minimum": 0
          },
          "kind": {
            "type": "string",
            "description": "prepare, scale, resize, setWeight, pause, analysis, setCanaryScale, plugin, roll, promote, conclude or retire."
          },
          "title": {
            "type": "string",
            "description": "In words."
          },
          "status": {
            "type": "string",
            "enum": [
              "pending",
              "running",
              "paused",
              "succeeded",
              "failed",
              "skipped"
            ]
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100
          },
          "durationSeconds": {
            "type": "number",
            "description": "Of a pause."
          },
          "startedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "finishedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "message": {
            "type": "string"
          },
          "analysis": {
            "$ref": "#/components/schemas/AnalysisState"
          }
        }
      },
      "AnalysisState": {
        "type": "object",
        "required": [
          "verdict",
          "metrics"
        ],
        "additionalProperties": false,
        "properties": {
          "verdict": {
            "$ref": "#/components/schemas/AnalysisVerdict"
          },
          "score": {
            "$ref": "#/components/schemas/AnalysisScore"
          },
          "metrics": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "provider",
                "verdict",
                "count",
                "failureLimit",
                "inconclusiveLimit",
                "consecutiveErrorLimit",
                "measurements"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "provider": {
                  "type": "string"
                },
                "successCondition": {
                  "type": "string"
                },
                "failureCondition": {
                  "type": "string"
                },
                "comparison": {
                  "$ref": "#/components/schemas/ComparisonSettings"
                },
                "count": {
                  "type": "integer"
                },
                "failureLimit": {
                  "type": "integer"
                },
                "inconclusiveLimit": {
                  "type": "integer"
                },
                "consecutiveErrorLimit": {
                  "type": "integer"
                },
                "verdict": {
                  "$ref": "#/components/schemas/AnalysisVerdict"
                },
                "message": {
                  "type": "string"
                },
                "measurements": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/Measurement"
                  }
                }
              }
            }
          }
        }
      },
      "AnalysisScore": {
        "type": "object",
        "description": "What the comparisons came to so far. Absent while none has been decided.",
        "required": [
          "value",
          "pass",
          "marginal",
          "groups",
          "criticalFailures"
        ],
        "additionalProperties": false,
        "properties": {
          "value": {
            "type": "number",
            "description": "0 to 100, over those decided."
          },
          "pass": {
            "type": "number"
          },
          "marginal": {
            "type": "number"
          },
          "criticalFailures": {
            "type": "array",
            "description": "Names of critical metrics that failed; any makes the score 0.",
            "items": {
              "type": "string"
            }
          },
          "groups": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "weight",
                "passed",
                "decided",
                "metrics"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "weight": {
                  "type": "number",
                  "description": "Percent."
                },
                "passed": {
                  "type": "integer"
                },
                "decided": {
                  "type": "integer"
                },
                "metrics": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "AnalysisVerdict": {
        "type": "string",
        "enum": [
          "running",
          "successful",
          "failed",
          "inconclusive",
          "error"
        ]
      },
      "Measurement": {
        "type": "object",
        "required": [
          "at",
          "verdict"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "verdict": {
            "type": "string",
            "enum": [
              "successful",
              "failed",
              "inconclusive",
              "error"
            ]
          },
          "value": {
            "type": "number",
            "description": "Absent when the provider gave no single number."
          },
          "message": {
            "type": "string"
          },
          "comparison": {
            "$ref": "#/components/schemas/ComparisonResult"
          }
        }
      },
      "ComparisonResult": {
        "type": "object",
        "description": "The new release (canary) against the one before (stable). Without a classification there were too few points.",
        "required": [
          "points"
        ],
        "additionalProperties": false,
        "properties": {
          "points": {
            "type": "object",
            "required": [
              "canary",
              "stable"
            ],
            "additionalProperties": false,
            "properties": {
              "canary": {
                "type": "integer",
                "minimum": 0
              },
              "stable": {
                "type": "integer",
                "minimum": 0
              }
            }
          },
          "unit": {
            "type": "string",
            "description": "Of all its numbers."
          },
          "classification": {
            "type": "string",
            "enum": [
              "pass",
              "high",
              "low",
              "nodata"
            ],
            "description": "`nodata`: there is no release to compare with."
          },
          "shift": {
            "type": "object",
            "description": "By how much the points of canary lie above those of stable (Hodges-Lehmann), with the limits of the confidence interval. A difference counts when the interval lies beyond bound.",
            "required": [
              "estimate",
              "lower",
              "upper",
              "bound",
              "pValue"
            ],
            "additionalProperties": false,
            "properties": {
              "estimate": {
                "type": "number"
              },
              "lower": {
                "type": "number"
              },
              "upper": {
                "type": "number"
              },
              "bound": {
                "type": "number",
                "minimum": 0
              },
              "pValue": {
                "type": "number",
                "minimum": 0,
                "maximum": 1
              }
            }
          },
          "canary": {
            "$ref": "#/components/schemas/PointsSummary"
          },
          "stable": {
            "$ref": "#/components/schemas/PointsSummary"
          },
          "histogram": {
            "type": "object",
            "description": "How many points lie in each of equally wide bins between two values. The last bin includes its end.",
            "required": [
              "from",
              "to",
              "canary",
              "stable"
            ],
            "additionalProperties": false,
            "properties": {
              "from": {
                "type": "number"
              },
              "to": {
                "type": "number"
              },
              "canary": {
                "type": "array",
                "maxItems": 30,
                "items": {
                  "type": "integer"
                }
              },
              "stable": {
                "type": "array",
                "maxItems": 30,
                "items": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "PointsSummary": {
        "type": "object",
        "required": [
          "minimum",
          "lowerQuartile",
          "median",
          "upperQuartile",
          "maximum",
          "mean"
        ],
        "additionalProperties": false,
        "properties": {
          "minimum": {
            "type": "number"
          },
          "lowerQuartile": {
            "type": "number"
          },
          "median": {
            "type": "number"
          },
          "upperQuartile": {
            "type": "number"
          },
          "maximum": {
            "type": "number"
          },
          "mean": {
            "type": "number"
          }
        }
      },
      "WeightPoint": {
        "type": "object",
        "description": "From this instant on, this share of traffic went to the new release.",
        "required": [
          "at",
          "weight"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100
          }
        }
      },
      "DocumentMetadata": {
        "type": "object",
        "required": [
          "name"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
            "description": "Unique among the documents of a kind."
          },
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          },
          "description": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "TargetMatch": {
        "type": "object",
        "description": "Which targets are meant. Every key that is given must fit; within a key one entry is enough. Nothing given means every target.",
        "additionalProperties": false,
        "properties": {
          "tiers": {
            "type": "array",
            "minItems": 1,
            "items": {
              "$ref": "#/components/schemas/Tier"
            }
          },
          "environments": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "systems": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "components": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          }
        }
      },
      "DeliveryPipeline": {
        "type": "object",
        "description": "A document that says through which stages a release goes, and what must hold at each.",
        "required": [
          "apiVersion",
          "kind",
          "metadata",
          "spec"
        ],
        "additionalProperties": false,
        "properties": {
          "apiVersion": {
            "type": "string",
            "enum": [
              "slipway.dev/v1alpha1"
            ]
          },
          "kind": {
            "type": "string",
            "enum": [
              "DeliveryPipeline"
            ]
          },
          "metadata": {
            "$ref": "#/components/schemas/DocumentMetadata"
          },
          "spec": {
            "type": "object",
            "required": [
              "stages"
            ],
            "additionalProperties": false,
            "properties": {
              "appliesTo": {
                "type": "object",
                "description": "Components that this pipeline serves whatever they name themselves. What is named directly goes before what is named by its system.",
                "additionalProperties": false,
                "minProperties": 1,
                "properties": {
                  "systems": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1000,
                    "items": {
                      "$ref": "#/components/schemas/EntityRef"
                    }
                  },
                  "components": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1000,
                    "items": {
                      "$ref": "#/components/schemas/EntityRef"
                    }
                  }
                }
              },
              "stages": {
                "type": "array",
                "minItems": 1,
                "maxItems": 50,
                "items": {
                  "$ref": "#/components/schemas/PipelineStage"
                }
              }
            }
          }
        }
      },
      "PipelineStage": {
        "type": "object",
        "required": [
          "name",
          "environment"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
          },
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          },
          "environment": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "needs": {
            "type": "array",
            "description": "The stages that come before. The stage before in the list when left out; none with an empty list.",
            "maxItems": 50,
            "uniqueItems": true,
            "items": {
              "type": "string",
              "maxLength": 63
            }
          },
          "strategy": {
            "$ref": "#/components/schemas/Strategy"
          },
          "replicas": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000
          },
          "gates": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/Gate"
            }
          },
          "verification": {
            "description": "Measured after all traffic goes to a release and before the release before is stopped, whatever asked for the rollout. When it fails, the release before comes back.",
            "$ref": "#/components/schemas/AnalysisTemplate"
          },
          "autoPromote": {
            "type": "boolean",
            "description": "Whether a release goes here by itself as soon as it is through every stage before; for the first stages as soon as it is recorded."
          },
          "onFailure": {
            "$ref": "#/components/schemas/OnFailure"
          },
          "timeout": {
            "description": "How long a promotion may spend in this stage, waiting for gates included. Without limit when left out.",
            "$ref": "#/components/schemas/Duration"
          }
        }
      },
      "OnFailure": {
        "type": "string",
        "description": "What a promotion does when a stage fails. `rollback` (when left out): all that moved in the stage goes back, and the promotion ends. `hold`: it waits for a person. `continue`: it goes on to the stages behind.",
        "enum": [
          "rollback",
          "hold",
          "continue"
        ]
      },
      "Gate": {
        "type": "object",
        "description": "Exactly one of these keys.",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
          "approval": {
            "$ref": "#/components/schemas/ApprovalGate"
          },
          "soak": {
            "$ref": "#/components/schemas/SoakGate"
          },
          "analysis": {
            "$ref": "#/components/schemas/AnalysisGate"
          },
          "policy": {
            "$ref": "#/components/schemas/PolicyGate"
          }
        }
      },
      "ApprovalGate": {
        "type": "object",
        "description": "People who must agree. At least one of `rules` and `approvers`. One person counts once, for one rule.",
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "rules": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/ApprovalRule"
            }
          },
          "approvers": {
            "type": "array",
            "description": "Users who must all agree.",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": true,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "excludeRequester": {
            "type": "boolean",
            "description": "Whether who asked may not agree; when left out, true for production and false elsewhere."
          },
          "excludeAuthors": {
            "type": "boolean",
            "description": "Whether authors of the release's commit may not agree; when left out, true for production and false elsewhere."
          },
          "expiresAfter": {
            "$ref": "#/components/schemas/Duration"
          },
          "requireComment": {
            "type": "boolean"
          }
        }
      },
      "ApprovalRule": {
        "type": "object",
        "required": [
          "group",
          "atLeast"
        ],
        "additionalProperties": false,
        "properties": {
          "group": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "atLeast": {
            "type": "integer",
            "minimum": 1,
            "maximum": 50
          }
        }
      },
      "SoakGate": {
        "type": "object",
        "description": "The release must have run well in every stage before this one for so long.",
        "required": [
          "duration"
        ],
        "additionalProperties": false,
        "properties": {
          "duration": {
            "$ref": "#/components/schemas/Duration"
          }
        }
      },
      "AnalysisGate": {
        "type": "object",
        "description": "What is measured of the release in every stage before this one must be good each time the gates are looked at, the moment in which the rollout begins included.",
        "required": [
          "metrics"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "window": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Duration"
              }
            ],
            "description": "How far measurements look back; since the release began to run there when left out."
          },
          "metrics": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": {
              "$ref": "#/components/schemas/GateMetric"
            }
          }
        }
      },
      "GateMetric": {
        "type": "object",
        "description": "A metric that is judged by one measurement, with conditions as those of a Metric.",
        "required": [
          "name",
          "provider"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "provider": {
            "type": "object",
            "description": "Exactly one key, the provider's name, with what it is asked.",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {
              "type": "object",
              "additionalProperties": true
            }
          },
          "successCondition": {
            "type": "string",
            "maxLength": 1024
          },
          "failureCondition": {
            "type": "string",
            "maxLength": 1024
          }
        }
      },
      "PolicyGate": {
        "type": "object",
        "required": [
          "rules"
        ],
        "additionalProperties": false,
        "properties": {
          "rules": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": {
              "$ref": "#/components/schemas/PolicyRule"
            }
          }
        }
      },
      "PolicyRule": {
        "type": "object",
        "required": [
          "name",
          "expression",
          "message"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "expression": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2048,
            "description": "CEL that must be true, over `release`, `environment`, `component`, `request`, `history`, `evidence` and `now`."
          },
          "message": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "severity": {
            "type": "string",
            "enum": [
              "deny",
              "warn"
            ],
            "description": "`deny` when left out. `warn` is shown and holds nothing."
          }
        }
      },
      "DeliveryWindow": {
        "type": "object",
        "description": "A document that says when changes are allowed (`allow`) or frozen (`deny`). Where any `allow` window fits a target, changes need an open one; a `deny` window goes before.",
        "required": [
          "apiVersion",
          "kind",
          "metadata",
          "spec"
        ],
        "additionalProperties": false,
        "properties": {
          "apiVersion": {
            "type": "string",
            "enum": [
              "slipway.dev/v1alpha1"
            ]
          },
          "kind": {
            "type": "string",
            "enum": [
              "DeliveryWindow"
            ]
          },
          "metadata": {
            "$ref": "#/components/schemas/DocumentMetadata"
          },
          "spec": {
            "$ref": "#/components/schemas/WindowSpec"
          }
        }
      },
      "WindowSpec": {
        "type": "object",
        "required": [
          "type",
          "start",
          "duration",
          "timeZone"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "allow",
              "deny"
            ]
          },
          "match": {
            "$ref": "#/components/schemas/TargetMatch"
          },
          "start": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$",
            "description": "Local date and time at which it begins first."
          },
          "timeZone": {
            "type": "string",
            "maxLength": 64,
            "description": "An IANA time zone, such as `Europe/Berlin`."
          },
          "duration": {
            "$ref": "#/components/schemas/Duration"
          },
          "recurrence": {
            "type": "string",
            "maxLength": 512,
            "description": "An RFC 5545 recurrence rule, such as `FREQ=WEEKLY;BYDAY=FR`. Once when left out."
          },
          "ongoing": {
            "type": "string",
            "enum": [
              "finish",
              "hold"
            ],
            "description": "What becomes of rollouts that are under way when it closes: `finish` (when left out) lets them go on, `hold` has them wait before their next step that changes traffic or copies. What goes back is never held."
          },
          "exceptions": {
            "$ref": "#/components/schemas/WindowExceptionRules"
          }
        }
      },
      "WindowExceptionRules": {
        "type": "object",
        "description": "Who may let one component through for a while although this window closes. Nobody when left out.",
        "required": [
          "approval"
        ],
        "additionalProperties": false,
        "properties": {
          "approval": {
            "$ref": "#/components/schemas/RequestedApprovalGate"
          },
          "longest": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Duration"
              }
            ],
            "description": "How long an exception may last; 8h when left out."
          }
        }
      },
      "AskWindowExceptionRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "environmentRef",
          "from",
          "until",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "from": {
            "$ref": "#/components/schemas/Instant"
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          }
        }
      },
      "WindowException": {
        "type": "object",
        "description": "Windows that let changes of one component through to one environment from `from` up to `until`, when people agree.",
        "required": [
          "id",
          "componentRef",
          "environmentRef",
          "from",
          "until",
          "reason",
          "windows",
          "state",
          "requestedBy",
          "requestedAt",
          "approvedBy",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string",
            "description": "Of the approval, too."
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "from": {
            "$ref": "#/components/schemas/Instant"
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string"
          },
          "windows": {
            "type": "array",
            "description": "As they stood when it was asked for; one that was changed since is not covered.",
            "items": {
              "type": "object",
              "required": [
                "name",
                "title",
                "digest"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "digest": {
                  "$ref": "#/components/schemas/Digest"
                }
              }
            }
          },
          "state": {
            "type": "string",
            "enum": [
              "pending",
              "approved",
              "rejected",
              "expired",
              "withdrawn",
              "ended"
            ],
            "description": "`ended` before its time; `approved` is in force while it lasts."
          },
          "requestedBy": {
            "type": "string"
          },
          "requestedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "approvedBy": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "ended": {
            "type": "object",
            "required": [
              "by",
              "at",
              "reason"
            ],
            "additionalProperties": false,
            "properties": {
              "by": {
                "type": "string"
              },
              "at": {
                "$ref": "#/components/schemas/Instant"
              },
              "reason": {
                "type": "string"
              }
            }
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "WindowRef": {
        "type": "object",
        "required": [
          "name",
          "title",
          "type"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "enum": [
              "allow",
              "deny"
            ]
          },
          "start": {
            "$ref": "#/components/schemas/Instant"
          },
          "end": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "WindowOccurrence": {
        "type": "object",
        "description": "One time that a window is open or closed.",
        "required": [
          "name",
          "title",
          "type",
          "start",
          "end",
          "timeZone",
          "match"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "enum": [
              "allow",
              "deny"
            ]
          },
          "start": {
            "$ref": "#/components/schemas/Instant"
          },
          "end": {
            "$ref": "#/components/schemas/Instant"
          },
          "timeZone": {
            "type": "string"
          },
          "match": {
            "$ref": "#/components/schemas/TargetMatch"
          }
        }
      },
      "DocumentProblem": {
        "type": "object",
        "description": "Why a document was not taken. The last good version stays in force.",
        "required": [
          "source",
          "detail",
          "since"
        ],
        "additionalProperties": false,
        "properties": {
          "source": {
            "type": "string"
          },
          "componentRef": {
            "allOf": [
              {
                "$ref": "#/components/schemas/EntityRef"
              }
            ],
            "description": "Of the component whose own document it is."
          },
          "line": {
            "type": "integer",
            "minimum": 1
          },
          "field": {
            "type": "string",
            "description": "JSON pointer into the document."
          },
          "detail": {
            "type": "string"
          },
          "since": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "Pipeline": {
        "type": "object",
        "description": "A pipeline in force.",
        "required": [
          "name",
          "title",
          "digest",
          "source",
          "isDefault",
          "stages",
          "loadedAt"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "source": {
            "type": "string",
            "description": "Where the document was read."
          },
          "componentRef": {
            "allOf": [
              {
                "$ref": "#/components/schemas/EntityRef"
              }
            ],
            "description": "Of the component whose own document it is, and which alone it serves. `name` is unique among the pipelines without one."
          },
          "isDefault": {
            "type": "boolean"
          },
          "appliesTo": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "systems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/EntityRef"
                }
              },
              "components": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/EntityRef"
                }
              }
            }
          },
          "stages": {
            "type": "array",
            "description": "With `needs` filled in.",
            "items": {
              "$ref": "#/components/schemas/PipelineStage"
            }
          },
          "loadedAt": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "StagePreview": {
        "type": "object",
        "description": "What would happen at a stage if the release were rolled out there now.",
        "required": [
          "stage",
          "environmentRef",
          "environmentName",
          "tier",
          "needs",
          "verdict",
          "message",
          "gates"
        ],
        "additionalProperties": false,
        "properties": {
          "stage": {
            "type": "string"
          },
          "title": {
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
          "needs": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "verdict": {
            "type": "string",
            "enum": [
              "runs",
              "ready",
              "held",
              "refused"
            ],
            "description": "`runs`: it is there already. `refused`: no gate could let it through."
          },
          "message": {
            "type": "string"
          },
          "gates": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GateStatus"
            }
          },
          "deployment": {
            "type": "object",
            "required": [
              "health"
            ],
            "additionalProperties": false,
            "properties": {
              "release": {
                "$ref": "#/components/schemas/ReleaseSummary"
              },
              "health": {
                "$ref": "#/components/schemas/HealthStatus"
              },
              "deployedAt": {
                "$ref": "#/components/schemas/Instant"
              },
              "activeRolloutId": {
                "type": "string"
              },
              "activeRolloutPhase": {
                "$ref": "#/components/schemas/RolloutPhase"
              }
            }
          }
        }
      },
      "PipelinePreview": {
        "type": "object",
        "required": [
          "pipeline",
          "componentRef",
          "stages"
        ],
        "additionalProperties": false,
        "properties": {
          "pipeline": {
            "$ref": "#/components/schemas/Pipeline"
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "release": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "stages": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StagePreview"
            }
          }
        }
      },
      "Subject": {
        "type": "object",
        "description": "What exactly is asked for, each part by its digest. An approval is good for this and nothing else.",
        "required": [
          "digest",
          "artifact",
          "configuration",
          "pipeline",
          "target"
        ],
        "additionalProperties": false,
        "properties": {
          "digest": {
            "$ref": "#/components/schemas/Digest"
          },
          "artifact": {
            "$ref": "#/components/schemas/Digest"
          },
          "configuration": {
            "$ref": "#/components/schemas/Digest"
          },
          "pipeline": {
            "$ref": "#/components/schemas/Digest"
          },
          "target": {
            "$ref": "#/components/schemas/Digest"
          }
        }
      },
      "Vote": {
        "type": "object",
        "required": [
          "by",
          "decision",
          "at"
        ],
        "additionalProperties": false,
        "properties": {
          "by": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "onBehalfOf": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "decision": {
            "type": "string",
            "enum": [
              "approve",
              "reject"
            ]
          },
          "comment": {
            "type": "string"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "ApprovalProgress": {
        "type": "object",
        "required": [
          "rules",
          "approvers",
          "votes",
          "excluded",
          "requireComment"
        ],
        "additionalProperties": false,
        "properties": {
          "rules": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "group",
                "atLeast",
                "given"
              ],
              "additionalProperties": false,
              "properties": {
                "group": {
                  "$ref": "#/components/schemas/EntityRef"
                },
                "atLeast": {
                  "type": "integer"
                },
                "given": {
                  "type": "integer"
                }
              }
            }
          },
          "approvers": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "ref",
                "given"
              ],
              "additionalProperties": false,
              "properties": {
                "ref": {
                  "$ref": "#/components/schemas/EntityRef"
                },
                "given": {
                  "type": "boolean"
                }
              }
            }
          },
          "votes": {
            "type": "array",
            "description": "Those that count.",
            "items": {
              "$ref": "#/components/schemas/Vote"
            }
          },
          "excluded": {
            "type": "array",
            "description": "Who may not agree, because they asked for it or wrote it.",
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "requireComment": {
            "type": "boolean"
          },
          "expiresAt": {
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "GateStatus": {
        "type": "object",
        "required": [
          "name",
          "kind",
          "status",
          "message"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "kind": {
            "type": "string",
            "enum": [
              "release",
              "window",
              "soak",
              "analysis",
              "policy",
              "approval",
              "target",
              "promotion"
            ]
          },
          "status": {
            "type": "string",
            "enum": [
              "passed",
              "waiting",
              "failed",
              "overridden"
            ],
            "description": "`waiting` may pass by itself or by people; `failed` holds until something else changes; `overridden` by break-glass."
          },
          "message": {
            "type": "string"
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "approval": {
            "$ref": "#/components/schemas/ApprovalProgress"
          },
          "rules": {
            "type": "array",
            "description": "Of a policy.",
            "items": {
              "type": "object",
              "required": [
                "name",
                "severity",
                "holds",
                "message"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "severity": {
                  "type": "string",
                  "enum": [
                    "deny",
                    "warn"
                  ]
                },
                "holds": {
                  "type": "boolean",
                  "description": "Whether its expression is true."
                },
                "message": {
                  "type": "string"
                }
              }
            }
          },
          "metrics": {
            "type": "array",
            "description": "Of an analysis.",
            "items": {
              "$ref": "#/components/schemas/GateMeasurement"
            }
          },
          "windows": {
            "type": "array",
            "description": "Those that close, or that must open.",
            "items": {
              "$ref": "#/components/schemas/WindowRef"
            }
          }
        }
      },
      "GateMeasurement": {
        "type": "object",
        "required": [
          "name",
          "stage",
          "environmentName",
          "measurement"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "description": "Of the metric."
          },
          "stage": {
            "type": "string"
          },
          "environmentName": {
            "type": "string"
          },
          "measurement": {
            "$ref": "#/components/schemas/Measurement"
          }
        }
      },
      "BreakGlass": {
        "type": "object",
        "required": [
          "by",
          "at",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "by": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string"
          },
          "review": {
            "type": "object",
            "required": [
              "by",
              "at",
              "comment"
            ],
            "additionalProperties": false,
            "properties": {
              "by": {
                "$ref": "#/components/schemas/EntityRef"
              },
              "at": {
                "$ref": "#/components/schemas/Instant"
              },
              "comment": {
                "type": "string"
              }
            }
          }
        }
      },
      "RolloutGates": {
        "type": "object",
        "description": "What must hold before a rollout begins, and of windows what holds one that is under way.",
        "required": [
          "status",
          "subject",
          "items",
          "requestedAt"
        ],
        "additionalProperties": false,
        "properties": {
          "status": {
            "type": "string",
            "enum": [
              "waiting",
              "passed",
              "rejected",
              "expired",
              "withdrawn"
            ]
          },
          "pipeline": {
            "type": "object",
            "description": "Absent where only windows apply.",
            "required": [
              "name",
              "title",
              "digest",
              "stage"
            ],
            "additionalProperties": false,
            "properties": {
              "name": {
                "type": "string"
              },
              "title": {
                "type": "string"
              },
              "digest": {
                "$ref": "#/components/schemas/Digest"
              },
              "stage": {
                "type": "string"
              }
            }
          },
          "subject": {
            "$ref": "#/components/schemas/Subject"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GateStatus"
            }
          },
          "requestedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "decidedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "voided": {
            "type": "array",
            "description": "Changes that made earlier approvals void, oldest first.",
            "items": {
              "type": "object",
              "required": [
                "at",
                "reason",
                "votes"
              ],
              "additionalProperties": false,
              "properties": {
                "at": {
                  "$ref": "#/components/schemas/Instant"
                },
                "reason": {
                  "type": "string"
                },
                "votes": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/Vote"
                  }
                }
              }
            }
          },
          "breakGlass": {
            "$ref": "#/components/schemas/BreakGlass"
          }
        }
      },
      "ReleaseChange": {
        "type": "object",
        "description": "What differs between what runs and what is asked for.",
        "required": [
          "to",
          "configuration"
        ],
        "additionalProperties": false,
        "properties": {
          "from": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "to": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "artifact": {
            "type": "object",
            "required": [
              "to"
            ],
            "additionalProperties": false,
            "properties": {
              "from": {
                "type": "string"
              },
              "to": {
                "type": "string"
              }
            }
          },
          "compareUrl": {
            "type": "string",
            "description": "Where the commits between the two can be seen. Absent where the repository's host is not known."
          },
          "configuration": {
            "type": "array",
            "description": "Environment variables that differ. Secrets are never among them.",
            "items": {
              "type": "object",
              "required": [
                "name"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "from": {
                  "type": "string"
                },
                "to": {
                  "type": "string"
                }
              }
            }
          },
          "notes": {
            "type": "string"
          }
        }
      },
      "ReleaseComparison": {
        "type": "object",
        "description": "What another release would change in an environment.",
        "required": [
          "change",
          "commits",
          "dependencies"
        ],
        "additionalProperties": false,
        "properties": {
          "change": {
            "$ref": "#/components/schemas/ReleaseChange"
          },
          "commits": {
            "$ref": "#/components/schemas/CommitComparison"
          },
          "dependencies": {
            "$ref": "#/components/schemas/DependencyComparison"
          },
          "manifests": {
            "type": "array",
            "description": "The objects that the environment's runtime would apply, those that differ. Absent where it has none.",
            "items": {
              "$ref": "#/components/schemas/ManifestChange"
            }
          }
        }
      },
      "CommitComparison": {
        "type": "object",
        "description": "The commits between two releases, by the history of the component's sources.",
        "required": [
          "state"
        ],
        "additionalProperties": false,
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "known",
              "reading",
              "unknown"
            ],
            "description": "reading: the history is being read; ask again in a few seconds."
          },
          "reason": {
            "type": "string",
            "description": "Why they are unknown."
          },
          "added": {
            "description": "What the release brings. There where they are known, as is what it takes away.",
            "allOf": [
              {
                "$ref": "#/components/schemas/SourceCommits"
              }
            ]
          },
          "removed": {
            "description": "What it takes away, as a rollback does.",
            "allOf": [
              {
                "$ref": "#/components/schemas/SourceCommits"
              }
            ]
          }
        }
      },
      "SourceCommits": {
        "type": "object",
        "required": [
          "total",
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "total": {
            "type": "integer",
            "minimum": 0
          },
          "items": {
            "type": "array",
            "description": "Newest first, the first 50.",
            "items": {
              "type": "object",
              "required": [
                "sha",
                "title",
                "authorName",
                "at"
              ],
              "additionalProperties": false,
              "properties": {
                "sha": {
                  "type": "string"
                },
                "title": {
                  "type": "string",
                  "description": "The message's first line."
                },
                "authorName": {
                  "type": "string"
                },
                "at": {
                  "$ref": "#/components/schemas/Instant"
                },
                "url": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "DependencyComparison": {
        "type": "object",
        "required": [
          "comparable",
          "total",
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "comparable": {
            "type": "boolean",
            "description": "Whether it is known of both releases, from sources that can be compared."
          },
          "reason": {
            "type": "string",
            "description": "Why it cannot be compared."
          },
          "from": {
            "$ref": "#/components/schemas/ReleaseDependencies"
          },
          "to": {
            "$ref": "#/components/schemas/ReleaseDependencies"
          },
          "total": {
            "type": "integer",
            "minimum": 0,
            "description": "How many differ."
          },
          "items": {
            "type": "array",
            "description": "By name, the first 1000 that differ.",
            "items": {
              "type": "object",
              "required": [
                "name",
                "from",
                "to"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "type": {
                  "type": "string",
                  "description": "The package URL's type, such as `npm`."
                },
                "from": {
                  "type": "array",
                  "description": "Versions; none when it is new.",
                  "items": {
                    "type": "string"
                  }
                },
                "to": {
                  "type": "array",
                  "description": "Versions; none when it is gone.",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          }
        }
      },
      "ManifestChange": {
        "type": "object",
        "required": [
          "name",
          "change",
          "patch"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "description": "Such as `Deployment checkout`."
          },
          "change": {
            "type": "string",
            "enum": [
              "added",
              "removed",
              "changed"
            ]
          },
          "patch": {
            "type": "string",
            "description": "Unified diff; empty where conflicts stand in its place."
          },
          "conflicts": {
            "type": "array",
            "description": "What keeps the object from being written. Of a preview only.",
            "items": {
              "$ref": "#/components/schemas/FieldConflict"
            }
          }
        }
      },
      "FieldConflict": {
        "type": "object",
        "description": "A field that somebody else has declared, and that would not be overwritten.",
        "required": [
          "field",
          "owner",
          "message"
        ],
        "additionalProperties": false,
        "properties": {
          "field": {
            "type": "string",
            "description": "Such as `.spec.replicas`."
          },
          "owner": {
            "type": "string",
            "description": "Such as `kubectl`."
          },
          "message": {
            "type": "string",
            "description": "What it means",
            "and what to do.": null
          }
        }
      },
      "ReleasePreview": {
        "type": "object",
        "description": "What a release would change where it really runs. Nothing is changed by asking.",
        "required": [
          "state",
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "known",
              "none",
              "unknown"
            ],
            "description": "none: the runtime does not tell beforehand."
          },
          "reason": {
            "type": "string",
            "description": "Why it is not known. Absent where it is."
          },
          "note": {
            "type": "string",
            "description": "What would happen besides, and cannot be seen in the objects."
          },
          "items": {
            "type": "array",
            "description": "The objects that would change; none when everything stays as it is.",
            "items": {
              "$ref": "#/components/schemas/ManifestChange"
            }
          }
        }
      },
      "RiskFact": {
        "type": "object",
        "required": [
          "level",
          "message"
        ],
        "additionalProperties": false,
        "properties": {
          "level": {
            "type": "string",
            "enum": [
              "info",
              "warning",
              "danger"
            ]
          },
          "message": {
            "type": "string"
          },
          "url": {
            "type": "string",
            "description": "Where more can be read."
          }
        }
      },
      "Approval": {
        "description": "What people are asked about.",
        "oneOf": [
          {
            "$ref": "#/components/schemas/RolloutApproval"
          },
          {
            "$ref": "#/components/schemas/RequestApproval"
          }
        ]
      },
      "RolloutApproval": {
        "type": "object",
        "description": "A rollout that people are asked about.",
        "required": [
          "kind",
          "id",
          "state",
          "rollout",
          "change",
          "risks",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "rollout"
            ]
          },
          "id": {
            "type": "string",
            "description": "The rollout's."
          },
          "state": {
            "$ref": "#/components/schemas/ApprovalState"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "change": {
            "$ref": "#/components/schemas/ReleaseChange"
          },
          "risks": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RiskFact"
            }
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "RequestApproval": {
        "type": "object",
        "description": "A request for approval that belongs to no rollout.",
        "required": [
          "kind",
          "id",
          "state",
          "request",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "request"
            ]
          },
          "id": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/ApprovalState"
          },
          "request": {
            "$ref": "#/components/schemas/ApprovalRequest"
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "ApprovalState": {
        "type": "string",
        "enum": [
          "pending",
          "approved",
          "rejected",
          "expired",
          "withdrawn"
        ]
      },
      "ApprovalRequest": {
        "type": "object",
        "required": [
          "version",
          "title",
          "subjectDigest",
          "gate",
          "requestedBy",
          "requestedAt"
        ],
        "additionalProperties": false,
        "properties": {
          "version": {
            "type": "integer"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string",
            "description": "Markdown."
          },
          "link": {
            "type": "string"
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "details": {
            "type": "object",
            "additionalProperties": true
          },
          "subjectDigest": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Digest"
              }
            ],
            "description": "Of all that is asked, and of the rules. An approval is good for this and nothing else."
          },
          "gate": {
            "$ref": "#/components/schemas/GateStatus"
          },
          "requestedBy": {
            "type": "string"
          },
          "requestedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "decidedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string",
            "description": "Why it was withdrawn."
          }
        }
      },
      "AskApprovalRequest": {
        "type": "object",
        "required": [
          "title",
          "approval"
        ],
        "additionalProperties": false,
        "properties": {
          "title": {
            "type": "string",
            "minLength": 3,
            "maxLength": 200
          },
          "description": {
            "type": "string",
            "maxLength": 8000,
            "description": "Markdown."
          },
          "link": {
            "type": "string",
            "description": "Where more can be read.",
            "pattern": "^https?://[^\\s]+$",
            "maxLength": 2000
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "details": {
            "type": "object",
            "description": "Facts to decide by, shown as a table. At most 16 kB as JSON.",
            "maxProperties": 50,
            "additionalProperties": true
          },
          "approval": {
            "$ref": "#/components/schemas/RequestedApprovalGate"
          }
        }
      },
      "RequestedApprovalGate": {
        "type": "object",
        "description": "People who must agree. At least one of `rules` and `approvers`. One person counts once, for one rule.",
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64
          },
          "rules": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/ApprovalRule"
            }
          },
          "approvers": {
            "type": "array",
            "description": "Users who must all agree.",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": true,
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          },
          "excludeRequester": {
            "type": "boolean",
            "description": "Whether who asks may not agree; true when left out."
          },
          "expiresAfter": {
            "$ref": "#/components/schemas/Duration"
          },
          "requireComment": {
            "type": "boolean"
          }
        }
      },
      "ApprovalDecision": {
        "type": "string",
        "enum": [
          "approve",
          "reject",
          "withdraw"
        ]
      },
      "ApprovalDecisionRequest": {
        "type": "object",
        "required": [
          "subjectDigest"
        ],
        "additionalProperties": false,
        "properties": {
          "subjectDigest": {
            "$ref": "#/components/schemas/Digest"
          },
          "comment": {
            "type": "string",
            "maxLength": 2000
          },
          "onBehalfOf": {
            "$ref": "#/components/schemas/EntityRef"
          }
        }
      },
      "ReasonRequest": {
        "type": "object",
        "required": [
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 3,
            "maxLength": 2000
          }
        }
      },
      "ReleaseRejection": {
        "type": "object",
        "required": [
          "by",
          "at",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "by": {
            "type": "string"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "StartPromotionRequest": {
        "type": "object",
        "required": [
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "items": {
            "type": "array",
            "description": "Components at exact releases. All must be served by the same pipeline; the order follows from what they depend on in the catalog.",
            "minItems": 1,
            "maxItems": 50,
            "items": {
              "type": "object",
              "required": [
                "componentRef",
                "releaseId"
              ],
              "additionalProperties": false,
              "properties": {
                "componentRef": {
                  "$ref": "#/components/schemas/EntityRef"
                },
                "releaseId": {
                  "$ref": "#/components/schemas/Id"
                }
              }
            }
          },
          "toStage": {
            "type": "string",
            "description": "The last stage, with all that it needs; every stage when left out.",
            "maxLength": 63
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "PromotionAction": {
        "type": "string",
        "enum": [
          "abort",
          "retry",
          "continue"
        ]
      },
      "PromotionItem": {
        "type": "object",
        "required": [
          "componentRef",
          "componentTitle",
          "release",
          "after"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "componentTitle": {
            "type": "string"
          },
          "release": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "after": {
            "type": "array",
            "description": "Components of the set that go before it, because it depends on them.",
            "items": {
              "$ref": "#/components/schemas/EntityRef"
            }
          }
        }
      },
      "PromotionPlan": {
        "type": "object",
        "required": [
          "pipeline",
          "items",
          "stages"
        ],
        "additionalProperties": false,
        "properties": {
          "pipeline": {
            "$ref": "#/components/schemas/PipelineRef"
          },
          "items": {
            "type": "array",
            "description": "In the order in which they begin.",
            "items": {
              "$ref": "#/components/schemas/PromotionItem"
            }
          },
          "stages": {
            "type": "array",
            "description": "Those that it goes through, each after those that it needs.",
            "items": {
              "type": "object",
              "required": [
                "name",
                "title",
                "environmentRef",
                "environmentName",
                "tier",
                "needs",
                "onFailure",
                "runs"
              ],
              "additionalProperties": false,
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
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
                "needs": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                },
                "onFailure": {
                  "$ref": "#/components/schemas/OnFailure"
                },
                "runs": {
                  "type": "array",
                  "description": "Components whose release runs there already.",
                  "items": {
                    "$ref": "#/components/schemas/EntityRef"
                  }
                }
              }
            }
          }
        }
      },
      "PipelineRef": {
        "type": "object",
        "description": "A pipeline's document at one version.",
        "required": [
          "name",
          "title",
          "digest"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "digest": {
            "$ref": "#/components/schemas/Digest"
          }
        }
      },
      "PromotionStageItem": {
        "type": "object",
        "required": [
          "componentRef",
          "status"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "status": {
            "type": "string",
            "enum": [
              "pending",
              "waiting",
              "running",
              "succeeded",
              "skipped",
              "failed",
              "rollingBack",
              "rolledBack"
            ],
            "description": "`waiting`: for its gates, the others of the set or its turn. `skipped`: the release ran there already."
          },
          "message": {
            "type": "string"
          },
          "rolloutId": {
            "type": "string"
          },
          "rollbackId": {
            "type": "string",
            "description": "The rollback that brought the release before back."
          }
        }
      },
      "PromotionStage": {
        "type": "object",
        "required": [
          "name",
          "title",
          "environmentRef",
          "environmentName",
          "tier",
          "needs",
          "onFailure",
          "status",
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
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
          "needs": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "onFailure": {
            "$ref": "#/components/schemas/OnFailure"
          },
          "status": {
            "type": "string",
            "enum": [
              "pending",
              "onHold",
              "running",
              "waiting",
              "rollingBack",
              "succeeded",
              "failed",
              "rolledBack",
              "cancelled"
            ],
            "description": "`onHold`: automatic promotion is held there. `waiting`: it has failed, and a person decides. `failed`: it has failed, and the promotion went on."
          },
          "message": {
            "type": "string"
          },
          "startedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "finishedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "deadlineAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PromotionStageItem"
            }
          }
        }
      },
      "Promotion": {
        "type": "object",
        "description": "One or several releases on their way through a pipeline, as one unit.",
        "required": [
          "id",
          "version",
          "trigger",
          "pipeline",
          "phase",
          "items",
          "stages",
          "requestedBy",
          "createdAt",
          "updatedAt",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "version": {
            "type": "integer",
            "minimum": 0,
            "description": "Rises with every event; also the ETag."
          },
          "trigger": {
            "type": "string",
            "enum": [
              "person",
              "automation"
            ]
          },
          "pipeline": {
            "$ref": "#/components/schemas/PipelineRef"
          },
          "phase": {
            "type": "string",
            "enum": [
              "running",
              "rollingBack",
              "succeeded",
              "failed",
              "aborted"
            ]
          },
          "message": {
            "type": "string"
          },
          "waitingFor": {
            "type": "string",
            "enum": [
              "person",
              "gates",
              "hold",
              "window"
            ],
            "description": "Set while nothing goes on."
          },
          "items": {
            "type": "array",
            "description": "In the order in which they begin.",
            "items": {
              "$ref": "#/components/schemas/PromotionItem"
            }
          },
          "stages": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PromotionStage"
            }
          },
          "requestedBy": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "createdAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "updatedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "finishedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "CreateHoldRequest": {
        "type": "object",
        "required": [
          "componentRef",
          "environmentRef",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "description": "Without the character NUL, which Postgres cannot store.",
            "pattern": "^[^\\x00]*$"
          }
        }
      },
      "Hold": {
        "type": "object",
        "description": "Why nothing is promoted automatically to a component in an environment.",
        "required": [
          "id",
          "componentRef",
          "environmentRef",
          "cause",
          "reason",
          "by",
          "at",
          "active",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "componentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "environmentRef": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "cause": {
            "type": "string",
            "enum": [
              "pin",
              "rollback"
            ]
          },
          "reason": {
            "type": "string"
          },
          "by": {
            "type": "string"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "active": {
            "type": "boolean"
          },
          "released": {
            "type": "object",
            "required": [
              "by",
              "at",
              "reason"
            ],
            "additionalProperties": false,
            "properties": {
              "by": {
                "type": "string"
              },
              "at": {
                "$ref": "#/components/schemas/Instant"
              },
              "reason": {
                "type": "string"
              }
            }
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "Delegation": {
        "type": "object",
        "description": "Somebody who may vote for somebody else, until an end.",
        "required": [
          "id",
          "from",
          "to",
          "until",
          "createdAt",
          "active"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "from": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "to": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string"
          },
          "createdAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "active": {
            "type": "boolean"
          }
        }
      },
      "CreateDelegationRequest": {
        "type": "object",
        "required": [
          "to",
          "until"
        ],
        "additionalProperties": false,
        "properties": {
          "to": {
            "$ref": "#/components/schemas/EntityRef"
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string",
            "maxLength": 2000
          }
        }
      },
      "Rollout": {
        "type": "object",
        "required": [
          "id",
          "version",
          "kind",
          "componentRef",
          "componentTitle",
          "environmentRef",
          "environmentName",
          "tier",
          "release",
          "strategy",
          "replicas",
          "progressDeadlineSeconds",
          "phase",
          "currentStepIndex",
          "steps",
          "weight",
          "weightHistory",
          "requestedBy",
          "createdAt",
          "updatedAt",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "version": {
            "type": "integer",
            "minimum": 0,
            "description": "Rises with every event; also the ETag."
          },
          "kind": {
            "type": "string",
            "enum": [
              "rollout",
              "rollback",
              "scale"
            ],
            "description": "`scale` changes the number of copies of the release that runs."
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
          "release": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "previousRelease": {
            "$ref": "#/components/schemas/ReleaseSummary"
          },
          "strategy": {
            "$ref": "#/components/schemas/Strategy"
          },
          "replicas": {
            "type": "integer",
            "minimum": 0
          },
          "runtime": {
            "type": "string",
            "description": "Which runtime runs it. Absent in rollouts from before it was told."
          },
          "progressDeadlineSeconds": {
            "type": "integer"
          },
          "phase": {
            "$ref": "#/components/schemas/RolloutPhase"
          },
          "message": {
            "type": "string",
            "description": "What is going on or went wrong, in words."
          },
          "waitingFor": {
            "type": "string",
            "enum": [
              "person",
              "gates",
              "window"
            ],
            "description": "Set while nothing goes on: without a person, before the gates are open, or before a window opens that holds what is under way."
          },
          "waitReason": {
            "type": "string",
            "enum": [
              "pauseStep",
              "pausedByPerson",
              "inconclusive",
              "promotion",
              "attention"
            ],
            "description": "attention: retries are used up; retry or abort."
          },
          "currentStepIndex": {
            "type": "integer",
            "minimum": 0
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StepState"
            }
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100,
            "description": "Percent of traffic that goes to the new release now."
          },
          "weightHistory": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/WeightPoint"
            }
          },
          "observation": {
            "$ref": "#/components/schemas/Observation"
          },
          "requestedBy": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "retryOf": {
            "type": "string",
            "description": "The ended rollout that this one tries again."
          },
          "promotion": {
            "type": "object",
            "description": "The promotion that it is a part of.",
            "required": [
              "id",
              "stage"
            ],
            "additionalProperties": false,
            "properties": {
              "id": {
                "type": "string"
              },
              "stage": {
                "type": "string"
              }
            }
          },
          "gates": {
            "$ref": "#/components/schemas/RolloutGates"
          },
          "createdAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "updatedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "finishedAt": {
            "$ref": "#/components/schemas/Instant"
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          }
        }
      },
      "RolloutEvent": {
        "type": "object",
        "required": [
          "id",
          "version",
          "type",
          "at",
          "actor",
          "summary",
          "data"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "version": {
            "type": "integer"
          },
          "type": {
            "type": "string"
          },
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "actor": {
            "type": "string",
            "description": "Who: an entity reference, a service, or `engine`."
          },
          "summary": {
            "type": "string",
            "description": "In words."
          },
          "data": {
            "type": "object",
            "additionalProperties": true
          }
        }
      },
      "LogLine": {
        "type": "object",
        "required": [
          "at",
          "instance",
          "stream",
          "text"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "instance": {
            "type": "string"
          },
          "stream": {
            "type": "string",
            "enum": [
              "stdout",
              "stderr",
              "system"
            ]
          },
          "text": {
            "type": "string"
          }
        }
      },
      "CloudEvent": {
        "type": "object",
        "required": [
          "specversion",
          "id",
          "source",
          "type",
          "time",
          "data"
        ],
        "additionalProperties": true,
        "properties": {
          "specversion": {
            "type": "string",
            "const": "1.0"
          },
          "id": {
            "type": "string"
          },
          "source": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "description": "Such as `dev.slipway.delivery.rollout.started`."
          },
          "subject": {
            "type": "string",
            "description": "The rollout's or release's id."
          },
          "time": {
            "$ref": "#/components/schemas/Instant"
          },
          "datacontenttype": {
            "type": "string"
          },
          "data": {
            "type": "object",
            "additionalProperties": true
          }
        }
      }
    }
  }
};
