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
    },
    "/targets/{targetId}/options": {
      "get": {
        "operationId": "getOptions",
        "x-permission": "scaling.target.read",
        "summary": "How the target may be changed, by whom, and the change that stands.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          }
        ],
        "responses": {
          "200": {
            "description": "As it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Options"
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
    "/targets/{targetId}/scale": {
      "post": {
        "operationId": "scaleTarget",
        "x-permission": "scaling.target.scale",
        "summary": "Sets how many replicas there are, until an instant or until it is ended. Takes the place of the change that stands.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "$ref": "#/components/parameters/ifMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ScaleRequest"
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
                  "$ref": "#/components/schemas/Change"
                }
              }
            }
          },
          "201": {
            "description": "Begun.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Change"
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
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/{targetId}/policy": {
      "post": {
        "operationId": "applyPolicy",
        "x-permission": "scaling.policy.apply",
        "summary": "Has the target scale by a policy, once everybody who has to has agreed and a window is open. Takes the place of the policy that stands.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
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
                "$ref": "#/components/schemas/ApplyPolicyRequest"
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
                  "$ref": "#/components/schemas/Change"
                }
              }
            }
          },
          "201": {
            "description": "Begun.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Change"
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
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/changes": {
      "get": {
        "operationId": "listChanges",
        "x-permission": "scaling.target.read",
        "summary": "Changes of how many replicas there are, of components that the caller may see.",
        "parameters": [
          {
            "$ref": "#/components/parameters/componentRef"
          },
          {
            "$ref": "#/components/parameters/environmentRef"
          },
          {
            "name": "targetId",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/Id"
            }
          },
          {
            "name": "active",
            "in": "query",
            "description": "Those only that have not ended, or those only that have.",
            "schema": {
              "type": "boolean"
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
            "description": "A page of changes.",
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
                        "$ref": "#/components/schemas/Change"
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
    "/changes/{changeId}": {
      "get": {
        "operationId": "getChange",
        "x-permission": "scaling.target.read",
        "summary": "One change.",
        "parameters": [
          {
            "$ref": "#/components/parameters/changeId"
          }
        ],
        "responses": {
          "200": {
            "description": "As it stands now.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Change"
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
    "/changes/{changeId}/end": {
      "post": {
        "operationId": "endChange",
        "x-permission": "scaling.target.scale or, of a policy, scaling.policy.apply",
        "summary": "Ends a change now, and puts back what was, or leaves it as it is. Of one that could not be put back, tries again.",
        "parameters": [
          {
            "$ref": "#/components/parameters/changeId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          },
          {
            "$ref": "#/components/parameters/ifMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EndChangeRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is being ended, or has ended.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Change"
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
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/events": {
      "get": {
        "operationId": "readEvents",
        "x-permission": "scaling.event.read",
        "summary": "The feed of all that happened to changes, gap-free, as a CloudEvents 1.0 batch. For services and for people who may read all of it.",
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
    },
    "/targets/{targetId}/what-if": {
      "post": {
        "operationId": "whatIf",
        "x-permission": "scaling.target.read",
        "summary": "What a policy would have made of the recorded load. Changes nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/WhatIfRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What was, beside what would have been.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WhatIf"
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
    "/targets/{targetId}/forecast": {
      "get": {
        "operationId": "getForecast",
        "x-permission": "scaling.target.read",
        "summary": "How many replicas its load will ask for, by its trend and its week.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          },
          {
            "name": "days",
            "in": "query",
            "description": "So far ahead.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 30,
              "default": 14
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The forecast, or why there is none.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Forecast"
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
    "/targets/{targetId}/right-sizing": {
      "get": {
        "operationId": "getRightSizing",
        "x-permission": "scaling.target.read",
        "summary": "How much CPU and memory its containers should request, by what was used, with the arithmetic.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          },
          {
            "name": "days",
            "in": "query",
            "description": "The last so many.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 30,
              "default": 7
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The recommendation, or why there is none.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RightSizing"
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
    "/targets/{targetId}/right-size": {
      "post": {
        "operationId": "rightSize",
        "x-permission": "scaling.target.scale",
        "summary": "Rolls out what runs with the recommended requests, as a release of its own, in the name of whoever asks. Approvals, windows and verification of the environment hold for it. Needs the permissions of delivery for both.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
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
                "$ref": "#/components/schemas/RightSizeRequest"
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
                  "$ref": "#/components/schemas/SizedRollout"
                }
              }
            }
          },
          "201": {
            "description": "Begun.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SizedRollout"
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
          "default": {
            "$ref": "#/components/responses/Problem"
          }
        }
      }
    },
    "/targets/{targetId}/spread": {
      "get": {
        "operationId": "getSpread",
        "x-permission": "scaling.target.read",
        "summary": "How requests and errors spread over its replicas and zones.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          },
          {
            "name": "minutes",
            "in": "query",
            "description": "The last so many.",
            "schema": {
              "type": "integer",
              "minimum": 5,
              "maximum": 1440,
              "default": 60
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The spread, or why it is not known.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Spread"
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
    "/targets/{targetId}/bottlenecks": {
      "get": {
        "operationId": "listBottlenecks",
        "x-permission": "scaling.target.read",
        "summary": "What keeps it from scaling well, with evidence of the last 12 hours.",
        "parameters": [
          {
            "$ref": "#/components/parameters/targetId"
          }
        ],
        "responses": {
          "200": {
            "description": "None where nothing is found, or where too little is known.",
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
                        "$ref": "#/components/schemas/Bottleneck"
                      }
                    },
                    "notLookedAt": {
                      "type": "string",
                      "description": "Why usage was not looked at, and so neither throttling, memory near its limit nor uneven replicas were. Absent when it was."
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
      "changeId": {
        "name": "changeId",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/Id"
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
      },
      "ifMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag of the change that stands; refused (412) when it has changed since, or another one took its place.",
        "schema": {
          "type": "string",
          "maxLength": 64
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
    "headers": {
      "ETag": {
        "description": "The version of the change, for `If-Match`.",
        "schema": {
          "type": "string"
        }
      }
    },
    "responses": {
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
        "description": "The change has changed since the version in `If-Match`.",
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
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
        "description": "Of a target or a change.",
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
        "description": "`hpa`: a HorizontalPodAutoscaler. `keda`: a ScaledObject. `slipway`: a scaling policy that Slipway follows by itself. `fixed`: nobody but people and releases.",
        "enum": [
          "hpa",
          "keda",
          "slipway",
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
            "description": "Of the autoscaler, or of the policy. Absent when fixed."
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
          },
          "utilization": {
            "type": "number",
            "description": "The mean of the replicas in percent of what they request. Absent when unknown."
          },
          "average": {
            "type": "number",
            "description": "The mean of the replicas as a number of cores, of bytes, or of what is counted. Absent when unknown."
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
          "delivered": {
            "type": "boolean",
            "description": "Whether delivery rolls it out. Absent where it does not."
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
          "resources": {
            "$ref": "#/components/schemas/ReplicaResources"
          },
          "containers": {
            "type": "array",
            "description": "Absent when unknown.",
            "items": {
              "$ref": "#/components/schemas/ContainerResources"
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
      "Setting": {
        "type": "object",
        "required": [
          "driver"
        ],
        "additionalProperties": false,
        "properties": {
          "driver": {
            "$ref": "#/components/schemas/DriverKind"
          },
          "name": {
            "type": "string",
            "description": "Of the autoscaler. Absent when fixed."
          },
          "replicas": {
            "type": "integer",
            "description": "When fixed."
          },
          "minReplicas": {
            "type": "integer",
            "description": "Of an autoscaler."
          },
          "maxReplicas": {
            "type": "integer",
            "description": "Of an autoscaler."
          }
        }
      },
      "ScaleRequest": {
        "type": "object",
        "required": [
          "replicas",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "replicas": {
            "type": "integer",
            "minimum": 0,
            "maximum": 10000,
            "description": "Under an autoscaler the least: it may add more, and its most is raised where this lies above it."
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          },
          "until": {
            "description": "When it ends by itself. Needed in production; at most 30 days ahead.",
            "$ref": "#/components/schemas/Instant"
          }
        }
      },
      "ApplyPolicyRequest": {
        "type": "object",
        "required": [
          "policy",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "policy": {
            "description": "A document of `kind: ScalingPolicy`, as JSON or as YAML text.",
            "oneOf": [
              {
                "type": "string",
                "minLength": 1,
                "maxLength": 100000
              },
              {
                "type": "object",
                "additionalProperties": true
              }
            ]
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          }
        }
      },
      "EndChangeRequest": {
        "type": "object",
        "required": [
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          },
          "restore": {
            "type": "boolean",
            "default": true,
            "description": "Whether what was is put back; else it stays as it is."
          }
        }
      },
      "Options": {
        "type": "object",
        "required": [
          "bounds",
          "untilRequired",
          "longestDays",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "bounds": {
            "type": "object",
            "description": "How many replicas may be asked for.",
            "required": [
              "min",
              "max"
            ],
            "additionalProperties": false,
            "properties": {
              "min": {
                "type": "integer"
              },
              "max": {
                "type": "integer"
              }
            }
          },
          "untilRequired": {
            "type": "boolean"
          },
          "longestDays": {
            "type": "integer",
            "description": "How far ahead the end may lie."
          },
          "allowedActions": {
            "$ref": "#/components/schemas/AllowedActions"
          },
          "activeChange": {
            "description": "That stands now; a new one takes its place.",
            "$ref": "#/components/schemas/Change"
          }
        }
      },
      "ChangePhase": {
        "type": "string",
        "description": "`held`: people have not agreed yet, or no window is open. `preparing`: looks how it is set. `reverting`: puts back what was. `stuck`: could not, and tries again from time to time. `ended` and `failed` are final.",
        "enum": [
          "held",
          "preparing",
          "applying",
          "active",
          "reverting",
          "stuck",
          "ended",
          "failed"
        ]
      },
      "Change": {
        "type": "object",
        "required": [
          "id",
          "version",
          "kind",
          "targetId",
          "componentRef",
          "componentTitle",
          "environmentRef",
          "environmentName",
          "tier",
          "workload",
          "via",
          "reason",
          "requestedBy",
          "phase",
          "createdAt",
          "updatedAt",
          "allowedActions"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "$ref": "#/components/schemas/Id"
          },
          "version": {
            "type": "integer",
            "description": "Rises with every event; also the ETag."
          },
          "kind": {
            "type": "string",
            "enum": [
              "scale",
              "policy"
            ]
          },
          "targetId": {
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
            "type": "string"
          },
          "via": {
            "type": "string",
            "enum": [
              "delivery",
              "provider"
            ],
            "description": "Who carries it out: delivery what it runs itself, else the provider of the runtime. Of a policy: with `delivery` Slipway follows it by itself, else an autoscaler does."
          },
          "replicas": {
            "type": "integer",
            "description": "By hand."
          },
          "policy": {
            "description": "By which it scales.",
            "$ref": "#/components/schemas/ScalingPolicy"
          },
          "policyDigest": {
            "type": "string"
          },
          "approvals": {
            "type": "array",
            "description": "Of delivery, all of which a policy needs.",
            "items": {
              "type": "string"
            }
          },
          "limits": {
            "type": "object",
            "description": "Of a policy, for the time being.",
            "required": [
              "min",
              "max"
            ],
            "additionalProperties": false,
            "properties": {
              "min": {
                "type": "integer"
              },
              "max": {
                "type": "integer"
              },
              "schedule": {
                "type": "string",
                "description": "That says so."
              },
              "nextChangeAt": {
                "description": "When others begin to hold.",
                "$ref": "#/components/schemas/Instant"
              }
            }
          },
          "until": {
            "$ref": "#/components/schemas/Instant"
          },
          "reason": {
            "type": "string"
          },
          "requestedBy": {
            "type": "string"
          },
          "phase": {
            "$ref": "#/components/schemas/ChangePhase"
          },
          "before": {
            "description": "How it was set. Absent while nobody knows.",
            "$ref": "#/components/schemas/Setting"
          },
          "wanted": {
            "description": "How it is to be set meanwhile.",
            "$ref": "#/components/schemas/Setting"
          },
          "waitsFor": {
            "type": "string",
            "description": "What the present step waits for, in words."
          },
          "rolloutId": {
            "type": "string",
            "description": "Of delivery, that carries the present step out."
          },
          "end": {
            "type": "object",
            "description": "Why it is over.",
            "required": [
              "as"
            ],
            "additionalProperties": false,
            "properties": {
              "as": {
                "type": "string",
                "enum": [
                  "expired",
                  "ended",
                  "superseded",
                  "failed"
                ]
              },
              "by": {
                "type": "string"
              },
              "reason": {
                "type": "string"
              },
              "changeId": {
                "type": "string",
                "description": "That took its place."
              },
              "keepsReplicas": {
                "type": "boolean",
                "description": "A policy goes and the replicas stay."
              }
            }
          },
          "outcome": {
            "type": "object",
            "description": "How it stands where it was changed.",
            "required": [
              "kind"
            ],
            "additionalProperties": false,
            "properties": {
              "kind": {
                "type": "string",
                "enum": [
                  "restored",
                  "left",
                  "gone",
                  "untouched",
                  "takenOver"
                ],
                "description": "`left`: not put back, by wish or because somebody had changed it meanwhile. `takenOver`: for the next change to put back."
              },
              "found": {
                "description": "What somebody had changed it to.",
                "$ref": "#/components/schemas/Setting"
              }
            }
          },
          "problem": {
            "type": "string",
            "description": "Why it could not be put back."
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
            "description": "Such as `dev.slipway.scaling.change.applied`."
          },
          "subject": {
            "type": "string",
            "description": "The change's id."
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
      "ScalingPolicy": {
        "type": "object",
        "description": "How many replicas there are to be of a component, by its load and the time.",
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
              "ScalingPolicy"
            ]
          },
          "metadata": {
            "$ref": "#/components/schemas/DocumentMetadata"
          },
          "spec": {
            "$ref": "#/components/schemas/ScalingPolicySpec"
          }
        }
      },
      "ScalingPolicySpec": {
        "type": "object",
        "required": [
          "replicas",
          "metrics"
        ],
        "additionalProperties": false,
        "properties": {
          "replicas": {
            "type": "object",
            "description": "The limits in environments of each tier. In tiers that are not named the policy does nothing.",
            "additionalProperties": false,
            "minProperties": 1,
            "properties": {
              "development": {
                "$ref": "#/components/schemas/ReplicaLimits"
              },
              "staging": {
                "$ref": "#/components/schemas/ReplicaLimits"
              },
              "production": {
                "$ref": "#/components/schemas/ReplicaLimits"
              }
            }
          },
          "metrics": {
            "type": "array",
            "description": "The one that asks for most replicas decides.",
            "minItems": 1,
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/PolicyMetric"
            }
          },
          "behavior": {
            "$ref": "#/components/schemas/ScalingBehavior"
          },
          "schedules": {
            "type": "array",
            "description": "Other limits at times. Of several at once the first holds.",
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/PolicySchedule"
            }
          }
        }
      },
      "ReplicaLimits": {
        "type": "object",
        "required": [
          "min",
          "max"
        ],
        "additionalProperties": false,
        "properties": {
          "min": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10000
          },
          "max": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10000
          }
        }
      },
      "PolicyMetric": {
        "oneOf": [
          {
            "$ref": "#/components/schemas/CpuPolicyMetric"
          },
          {
            "$ref": "#/components/schemas/MemoryPolicyMetric"
          },
          {
            "$ref": "#/components/schemas/RequestsPolicyMetric"
          },
          {
            "$ref": "#/components/schemas/QueuePolicyMetric"
          },
          {
            "$ref": "#/components/schemas/PrometheusPolicyMetric"
          }
        ]
      },
      "CpuPolicyMetric": {
        "type": "object",
        "required": [
          "type",
          "targetUtilization"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "cpu"
            ]
          },
          "targetUtilization": {
            "$ref": "#/components/schemas/TargetUtilization"
          }
        }
      },
      "MemoryPolicyMetric": {
        "type": "object",
        "required": [
          "type",
          "targetUtilization"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "memory"
            ]
          },
          "targetUtilization": {
            "$ref": "#/components/schemas/TargetUtilization"
          }
        }
      },
      "RequestsPolicyMetric": {
        "type": "object",
        "required": [
          "type",
          "target"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "requestsPerReplica"
            ]
          },
          "target": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Requests that each replica answers in a second."
          },
          "query": {
            "$ref": "#/components/schemas/PrometheusQuery"
          }
        }
      },
      "QueuePolicyMetric": {
        "type": "object",
        "required": [
          "type",
          "target"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "queueLength"
            ]
          },
          "target": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Items that wait, for each replica."
          },
          "query": {
            "$ref": "#/components/schemas/PrometheusQuery"
          }
        }
      },
      "PrometheusPolicyMetric": {
        "type": "object",
        "required": [
          "type",
          "name",
          "query",
          "target"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "prometheus"
            ]
          },
          "name": {
            "type": "string",
            "pattern": "^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$",
            "description": "What it is called in histories and reasons. Unique among the metrics."
          },
          "query": {
            "$ref": "#/components/schemas/PrometheusQuery"
          },
          "target": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "What the query counts, for each replica."
          }
        }
      },
      "TargetUtilization": {
        "type": "number",
        "minimum": 1,
        "maximum": 1000,
        "description": "Percent of what the replicas request."
      },
      "PrometheusQuery": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4000,
        "description": "PromQL that answers one number, of all replicas together."
      },
      "ScalingBehavior": {
        "type": "object",
        "description": "How fast it goes, as of a HorizontalPodAutoscaler (`autoscaling/v2`), with the same values where one is left out.",
        "additionalProperties": false,
        "properties": {
          "scaleUp": {
            "$ref": "#/components/schemas/ScalingRules"
          },
          "scaleDown": {
            "$ref": "#/components/schemas/ScalingRules"
          }
        }
      },
      "ScalingRules": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "stabilizationWindowSeconds": {
            "type": "integer",
            "minimum": 0,
            "maximum": 3600,
            "description": "The safest wish of so long a time holds; 0 upwards and 300 downwards when left out."
          },
          "selectPolicy": {
            "type": "string",
            "enum": [
              "Max",
              "Min",
              "Disabled"
            ],
            "description": "Which of the policies holds, the one that lets most or least change; Max when left out. Disabled forbids the direction."
          },
          "policies": {
            "type": "array",
            "description": "Upwards the greater of 4 and 100 % each 15 s, downwards 100 % each 15 s, when left out.",
            "minItems": 1,
            "maxItems": 10,
            "items": {
              "$ref": "#/components/schemas/ScalingRule"
            }
          },
          "tolerance": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "How far load may be from its target before anything is done; 0.1 (10 %) when left out."
          }
        }
      },
      "ScalingRule": {
        "type": "object",
        "required": [
          "type",
          "value",
          "periodSeconds"
        ],
        "additionalProperties": false,
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "Pods",
              "Percent"
            ]
          },
          "value": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10000
          },
          "periodSeconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1800
          }
        }
      },
      "PolicySchedule": {
        "type": "object",
        "required": [
          "name",
          "start",
          "timeZone",
          "duration",
          "replicas"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "Unique among the schedules."
          },
          "tiers": {
            "type": "array",
            "description": "All of the policy's when left out.",
            "minItems": 1,
            "uniqueItems": true,
            "items": {
              "$ref": "#/components/schemas/Tier"
            }
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
            "description": "An RFC 5545 recurrence rule, such as `FREQ=DAILY`. Once when left out."
          },
          "replicas": {
            "$ref": "#/components/schemas/ScheduledLimits"
          }
        }
      },
      "ScheduledLimits": {
        "type": "object",
        "description": "None at all is `min` 0 with `max` 0; it is left when the schedule is over, as the load of no replicas cannot be measured.",
        "required": [
          "min",
          "max"
        ],
        "additionalProperties": false,
        "properties": {
          "min": {
            "type": "integer",
            "minimum": 0,
            "maximum": 10000
          },
          "max": {
            "type": "integer",
            "minimum": 0,
            "maximum": 10000
          }
        }
      },
      "ReplicaResources": {
        "type": "object",
        "description": "What one replica requests. What is not known is left out.",
        "additionalProperties": false,
        "properties": {
          "cpuCores": {
            "type": "number"
          },
          "memoryBytes": {
            "type": "number"
          }
        }
      },
      "ContainerResources": {
        "type": "object",
        "description": "What a container of a replica requests and is limited to. What is not set is left out.",
        "required": [
          "name",
          "requests",
          "limits"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string"
          },
          "requests": {
            "$ref": "#/components/schemas/ReplicaResources"
          },
          "limits": {
            "$ref": "#/components/schemas/ReplicaResources"
          },
          "ofRelease": {
            "type": "boolean",
            "description": "Delivery rolls it out with what its release says. Absent where it does not."
          }
        }
      },
      "WhatIfRequest": {
        "type": "object",
        "required": [
          "policy"
        ],
        "additionalProperties": false,
        "properties": {
          "policy": {
            "description": "A document of `kind: ScalingPolicy`, as an object or as YAML or JSON text.",
            "anyOf": [
              {
                "type": "string",
                "minLength": 1,
                "maxLength": 100000
              },
              {
                "type": "object",
                "additionalProperties": true
              }
            ]
          },
          "hours": {
            "type": "integer",
            "description": "The last so many. Up to 24 by the minute, beyond that by the quarter of an hour.",
            "minimum": 1,
            "maximum": 720,
            "default": 24
          },
          "startupSeconds": {
            "type": "integer",
            "description": "How long a new replica takes before it works; 30 when left out, which is an assumption.",
            "minimum": 0,
            "maximum": 3600
          }
        }
      },
      "WhatIf": {
        "type": "object",
        "required": [
          "stepSeconds",
          "startupSeconds",
          "startupAssumed",
          "recorded",
          "simulated",
          "series",
          "changes",
          "totalChanges"
        ],
        "additionalProperties": false,
        "properties": {
          "stepSeconds": {
            "type": "integer",
            "description": "Load is a mean over so long; a peak that is shorter is not seen."
          },
          "startupSeconds": {
            "type": "integer"
          },
          "startupAssumed": {
            "type": "boolean"
          },
          "recorded": {
            "$ref": "#/components/schemas/WhatIfOutcome"
          },
          "simulated": {
            "$ref": "#/components/schemas/WhatIfOutcome"
          },
          "price": {
            "$ref": "#/components/schemas/ReplicaPrice"
          },
          "noPrice": {
            "type": "string",
            "description": "Why nothing is known of cost. Absent when it is."
          },
          "series": {
            "type": "array",
            "description": "Oldest first. Where nothing was recorded there is nothing.",
            "items": {
              "$ref": "#/components/schemas/WhatIfPoint"
            }
          },
          "changes": {
            "type": "array",
            "description": "What the policy would have changed and why, oldest first, at most 100.",
            "items": {
              "$ref": "#/components/schemas/WhatIfChange"
            }
          },
          "totalChanges": {
            "type": "integer",
            "description": "With those that are left out."
          }
        }
      },
      "WhatIfOutcome": {
        "type": "object",
        "required": [
          "replicaHours",
          "peakReplicas",
          "secondsOver",
          "seconds"
        ],
        "additionalProperties": false,
        "properties": {
          "replicaHours": {
            "type": "number"
          },
          "peakReplicas": {
            "type": "number"
          },
          "secondsOver": {
            "type": "number",
            "description": "For how long a metric of the policy was over its target."
          },
          "seconds": {
            "type": "number",
            "description": "For how long anything was recorded."
          },
          "cost": {
            "type": "number",
            "description": "In the currency of `price`. Absent when unknown."
          }
        }
      },
      "ReplicaPrice": {
        "type": "object",
        "required": [
          "currency",
          "perReplicaHour"
        ],
        "additionalProperties": false,
        "properties": {
          "currency": {
            "type": "string"
          },
          "perReplicaHour": {
            "type": "number"
          }
        }
      },
      "WhatIfPoint": {
        "type": "object",
        "required": [
          "at",
          "recordedReplicas",
          "simulatedReplicas"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "demand": {
            "type": "number",
            "description": "How many replicas would have been just at their target. Absent when no metric is known."
          },
          "recordedReplicas": {
            "type": "number"
          },
          "simulatedReplicas": {
            "type": "number"
          },
          "recordedLoad": {
            "type": "number",
            "description": "By the policy's targets; over 1 is too much. Absent when unknown, or when nothing worked."
          },
          "simulatedLoad": {
            "type": "number",
            "description": "The same with the simulated replicas."
          }
        }
      },
      "WhatIfChange": {
        "type": "object",
        "required": [
          "at",
          "from",
          "to",
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "from": {
            "type": "integer"
          },
          "to": {
            "type": "integer"
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "Forecast": {
        "type": "object",
        "required": [
          "history",
          "points"
        ],
        "additionalProperties": false,
        "properties": {
          "refused": {
            "type": "string",
            "description": "Why there is none, in words. Then there are no points."
          },
          "confidence": {
            "type": "number",
            "description": "How probably the load lies within the interval."
          },
          "trendPerWeek": {
            "type": "number",
            "description": "How many replicas more each week, in the mean."
          },
          "maxReplicas": {
            "type": "integer",
            "description": "The present limit. Absent when there is none."
          },
          "reachesMaxAt": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Instant"
              }
            ],
            "description": "When more than the present limit will be asked for. Absent when not in this time."
          },
          "mayReachMaxAt": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Instant"
              }
            ],
            "description": "When the upper end of the interval is over the limit. Absent when not in this time."
          },
          "history": {
            "type": "array",
            "description": "What was, by the hour.",
            "items": {
              "$ref": "#/components/schemas/DemandPoint"
            }
          },
          "points": {
            "type": "array",
            "description": "By the hour.",
            "items": {
              "$ref": "#/components/schemas/ForecastPoint"
            }
          }
        }
      },
      "DemandPoint": {
        "type": "object",
        "required": [
          "at",
          "demand"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "demand": {
            "type": "number",
            "description": "How many replicas would have been just at their target."
          }
        }
      },
      "ForecastPoint": {
        "type": "object",
        "required": [
          "at",
          "demand",
          "low",
          "high"
        ],
        "additionalProperties": false,
        "properties": {
          "at": {
            "$ref": "#/components/schemas/Instant"
          },
          "demand": {
            "type": "number"
          },
          "low": {
            "type": "number"
          },
          "high": {
            "type": "number"
          }
        }
      },
      "Bottleneck": {
        "type": "object",
        "required": [
          "kind",
          "evidence",
          "action"
        ],
        "additionalProperties": false,
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "atMaximum",
              "memoryDecides",
              "restless",
              "idleAtMinimum",
              "cpuThrottled",
              "memoryNearLimit",
              "unevenReplicas"
            ]
          },
          "evidence": {
            "type": "string",
            "description": "What it is concluded from."
          },
          "action": {
            "type": "string",
            "description": "What to do."
          }
        }
      },
      "RightSizing": {
        "type": "object",
        "required": [
          "from",
          "to",
          "containers",
          "notes"
        ],
        "additionalProperties": false,
        "properties": {
          "refused": {
            "type": "string",
            "description": "Why there is none, in words. Then there are no containers."
          },
          "source": {
            "type": "string",
            "description": "Who recorded it, for people."
          },
          "from": {
            "$ref": "#/components/schemas/Instant"
          },
          "to": {
            "$ref": "#/components/schemas/Instant"
          },
          "stepSeconds": {
            "type": "integer",
            "description": "Of one sample to the next."
          },
          "replicas": {
            "type": "number",
            "description": "How many were measured at once, in the mean."
          },
          "containers": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ContainerSizing"
            }
          },
          "saving": {
            "$ref": "#/components/schemas/Saving"
          },
          "noSaving": {
            "type": "string",
            "description": "Why the saving is not known. Absent when it is."
          },
          "notes": {
            "type": "array",
            "description": "What to mind before it is applied.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "RightSizeRequest": {
        "type": "object",
        "required": [
          "reason"
        ],
        "additionalProperties": false,
        "properties": {
          "cpuCores": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "As it is recommended; refused (409) when that has changed. Left as it is when left out."
          },
          "memoryBytes": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Likewise."
          },
          "days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 30,
            "default": 7
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          }
        }
      },
      "SizedRollout": {
        "type": "object",
        "required": [
          "releaseId",
          "version",
          "rolloutId"
        ],
        "additionalProperties": false,
        "properties": {
          "releaseId": {
            "$ref": "#/components/schemas/Id"
          },
          "version": {
            "type": "string"
          },
          "rolloutId": {
            "$ref": "#/components/schemas/Id"
          }
        }
      },
      "ContainerSizing": {
        "type": "object",
        "required": [
          "container",
          "resources"
        ],
        "additionalProperties": false,
        "properties": {
          "container": {
            "type": "string"
          },
          "resources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ResourceSizing"
            }
          }
        }
      },
      "ResourceSizing": {
        "type": "object",
        "description": "Cores of CPU, bytes of memory.",
        "required": [
          "resource",
          "samples",
          "replicas",
          "coverage",
          "percentile",
          "observed",
          "highest",
          "headroom",
          "recommended",
          "verdict",
          "confidence",
          "reasons"
        ],
        "additionalProperties": false,
        "properties": {
          "resource": {
            "type": "string",
            "enum": [
              "cpu",
              "memory"
            ]
          },
          "request": {
            "type": "number",
            "description": "The present one. Absent when there is none."
          },
          "limit": {
            "type": "number",
            "description": "The present one. Absent when there is none."
          },
          "samples": {
            "type": "integer",
            "description": "Of all replicas."
          },
          "replicas": {
            "type": "integer",
            "description": "How many different ones were measured."
          },
          "coverage": {
            "type": "number",
            "description": "In which part of the time there are samples; 0 to 1."
          },
          "percentile": {
            "type": "number",
            "description": "Nearest rank: the least value that so many percent of the samples do not exceed."
          },
          "observed": {
            "type": "number",
            "description": "At the percentile."
          },
          "highest": {
            "type": "number",
            "description": "Of all samples."
          },
          "byDay": {
            "type": "object",
            "description": "The percentile of each day by itself. Absent with less than two days.",
            "required": [
              "lowest",
              "highest"
            ],
            "additionalProperties": false,
            "properties": {
              "lowest": {
                "type": "number"
              },
              "highest": {
                "type": "number"
              }
            }
          },
          "headroom": {
            "type": "number",
            "description": "Added to what was observed; 0.15 is 15 %."
          },
          "recommended": {
            "type": "number",
            "description": "Observed and headroom, rounded up."
          },
          "verdict": {
            "type": "string",
            "enum": [
              "lower",
              "raise",
              "keep",
              "set"
            ],
            "description": "keep: it differs by no more than a tenth. set: nothing is requested yet."
          },
          "confidence": {
            "type": "string",
            "enum": [
              "low",
              "medium",
              "high"
            ]
          },
          "reasons": {
            "type": "array",
            "description": "What the confidence and the verdict rest on.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "Saving": {
        "type": "object",
        "required": [
          "currency",
          "perMonth",
          "hoursPerMonth",
          "replicas"
        ],
        "additionalProperties": false,
        "properties": {
          "currency": {
            "type": "string"
          },
          "perMonth": {
            "type": "number",
            "description": "Below 0 when it costs more."
          },
          "hoursPerMonth": {
            "type": "number"
          },
          "replicas": {
            "type": "number",
            "description": "As many as were measured at once."
          }
        }
      },
      "Spread": {
        "type": "object",
        "required": [
          "from",
          "to",
          "replicas",
          "zones"
        ],
        "additionalProperties": false,
        "properties": {
          "refused": {
            "type": "string",
            "description": "Why it is not known, in words. Then there are no replicas."
          },
          "source": {
            "type": "string",
            "description": "Who measured it, for people."
          },
          "from": {
            "$ref": "#/components/schemas/Instant"
          },
          "to": {
            "$ref": "#/components/schemas/Instant"
          },
          "replicas": {
            "type": "array",
            "description": "Those with most requests first.",
            "items": {
              "$ref": "#/components/schemas/SpreadPart"
            }
          },
          "zones": {
            "type": "array",
            "description": "None where they are not known.",
            "items": {
              "$ref": "#/components/schemas/SpreadPart"
            }
          }
        }
      },
      "SpreadPart": {
        "type": "object",
        "required": [
          "name",
          "replicas",
          "requestsPerSecond",
          "share"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "description": "Of the replica or the zone."
          },
          "zone": {
            "type": "string",
            "description": "Of a replica. Absent when unknown."
          },
          "replicas": {
            "type": "integer",
            "description": "Of a zone; 1 of a replica."
          },
          "requestsPerSecond": {
            "type": "number"
          },
          "share": {
            "type": "number",
            "description": "Of all requests; 0 to 1."
          },
          "errorRatio": {
            "type": "number",
            "description": "0 to 1. Absent when there were no requests."
          },
          "uneven": {
            "type": "string",
            "description": "How it differs from the others, in words. Absent when it does not, beyond chance."
          }
        }
      }
    }
  }
};
