export { DeliveryNavIcon } from './DeliveryNavIcon';
