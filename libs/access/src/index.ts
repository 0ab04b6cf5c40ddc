export {
  type AgentAccess,
  agentAccessPolicies,
  decide,
  isOwn,
  mayDeleteOthers,
  type TicketAction,
} from './decide.js';
export { mayAssign, mayOpenFor, maySetStatus } from './ticket-rules.js';
