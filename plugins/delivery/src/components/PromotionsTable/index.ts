export { PromotionsTable } from './PromotionsTable';
export { promotionWhat } from './promotionWhat';
