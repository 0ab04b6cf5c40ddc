export {
  type AgentAccess,
  agentAccessPolicies,
  decide,
  isOwn,
  mayDeleteOthers,
  type TicketAction,
} from './who-may-act.js';
export { mayAssign, mayOpenFor, maySetStatus } from './who-may-change.js';
