export { DeliveryNav } from './DeliveryNav';
