/** A component of the set that is put together, at the release that is chosen. */
export interface ChosenComponent {
  ref: string;
  title: string;
  releaseId: string;
}
