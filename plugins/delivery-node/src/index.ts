/**
 * What modules of Slipway delivery implement: runtimes, artifact kinds, analysis providers, step kinds.
 *
 * @packageDocumentation
 */
export * from './runtime';
export * from './artifactKind';
export * from './analysisProvider';
export * from './stepKind';
export * from './configurationProvider';
export * from './commitSource';
export * from './incidentSource';
export * from './extensionPoints';
