export { RiskGlance, RiskList } from './Risks';
