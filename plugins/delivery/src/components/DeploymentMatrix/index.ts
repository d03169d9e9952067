export { DeploymentMatrix } from './DeploymentMatrix';
