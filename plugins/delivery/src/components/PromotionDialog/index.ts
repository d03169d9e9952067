export { PromotionDialog } from './PromotionDialog';
