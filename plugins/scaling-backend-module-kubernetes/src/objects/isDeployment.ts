/** Whether a reference, such as an autoscaler's, is to a Deployment of this name. */
export function isDeployment(
  reference: { kind?: string; name?: string } | undefined,
  name: string,
): boolean {
  return (
    reference?.name === name &&
    (reference.kind ?? 'Deployment') === 'Deployment'
  );
}
