export { ApprovalList } from './ApprovalList';
export { approvalTitle } from './approvalTitle';
export { askedOf } from './askedOf';
