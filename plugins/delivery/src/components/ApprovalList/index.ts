export { ApprovalList } from './ApprovalList';
export { approvalTitle } from './approvalTitle';
