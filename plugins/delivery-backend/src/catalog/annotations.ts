/** Names the pipeline of a component, where no pipeline claims the component for itself. */
export const PIPELINE_ANNOTATION = 'slipway.dev/pipeline';

/** Says where a component's own pipeline is: a URL, or a path from where the component's sources are. */
export const OWN_PIPELINE_ANNOTATION = 'slipway.dev/delivery-pipeline';
