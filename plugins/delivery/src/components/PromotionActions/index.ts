export { PromotionActions } from './PromotionActions';
