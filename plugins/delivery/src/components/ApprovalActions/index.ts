export { ApprovalActions } from './ApprovalActions';
export { mayDecide } from './decisions';
