export { HoldView } from './HoldView';
export { PinDialog } from './PinDialog';
