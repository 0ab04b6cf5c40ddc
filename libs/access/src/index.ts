export {
  type AccessSubject,
  type AgentAccess,
  agentAccessPolicies,
  decide,
  type Decision,
  isOwn,
  mayDeleteOthers,
  type TicketAction,
  ticketActions,
} from './decide.js';
