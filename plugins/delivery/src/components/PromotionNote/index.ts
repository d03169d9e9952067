export { PromotionNote } from './PromotionNote';
export { PromotionSet } from './PromotionSet';
