export { EntityDeploymentsPage } from './EntityDeploymentsPage';
