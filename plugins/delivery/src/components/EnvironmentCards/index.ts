export { EnvironmentCards } from './EnvironmentCards';
