export {
  type AgentAccess,
  agentAccessPolicies,
  decide,
  isOwn,
  mayDeleteOthers,
  type TicketAction,
} from './decide.js';
